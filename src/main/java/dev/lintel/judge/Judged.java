package dev.lintel.judge;

import dev.lintel.policy.Links;
import dev.lintel.policy.Ruling;
import dev.lintel.resource.ResourceRef;
import dev.lintel.rule.Action;
import dev.lintel.rule.Finding;
import dev.lintel.rule.RuleInfo;
import java.util.Optional;

/**
 * A finding with what comes of it.
 *
 * @param rule the rule that found it
 * @param subject the object that it is about: the written one, or a dependent
 * @param finding the finding
 * @param action what comes of it: never {@link Action#OFF}
 * @param known whether it was there before the write
 * @param exemption why it only goes to the audit log; empty if it is not exempt
 * @param unheeded why an exemption that is meant for it does not count; empty if there is none
 * @param links where its author reads on, and whom to ask
 */
public record Judged(
    RuleInfo rule,
    ResourceRef subject,
    Finding finding,
    Action action,
    boolean known,
    Optional<String> exemption,
    Optional<String> unheeded,
    Links links) {

  /** Creates a finding of which a policy has decided what comes of it. */
  public static Judged of(
      RuleInfo rule,
      ResourceRef subject,
      Finding finding,
      boolean known,
      Ruling ruling,
      Links links) {
    return new Judged(
        rule,
        subject,
        finding,
        ruling.action(),
        known,
        ruling.exemption(),
        ruling.unheeded(),
        links);
  }

  /** Creates a finding that is not exempt. */
  public Judged(RuleInfo rule, ResourceRef subject, Finding finding, Action action, boolean known) {
    this(rule, subject, finding, action, known, Optional.empty(), Optional.empty(), Links.NONE);
  }

  /** Returns the address of the rule's page; empty if it is not known to be published. */
  public Optional<String> page() {
    return links.page(rule);
  }

  /** Returns where the rule's page is read: its address, or the command that shows it. */
  public String reference() {
    return links.reference(rule);
  }

  /** Returns the same finding about its object in other words. */
  public Judged saying(Finding other) {
    return new Judged(rule, subject, other, action, known, exemption, unheeded, links);
  }
}
