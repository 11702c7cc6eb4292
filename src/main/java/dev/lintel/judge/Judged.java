package dev.lintel.judge;

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
 */
public record Judged(
    RuleInfo rule,
    ResourceRef subject,
    Finding finding,
    Action action,
    boolean known,
    Optional<String> exemption) {

  /** Creates a finding that is not exempt. */
  public Judged(RuleInfo rule, ResourceRef subject, Finding finding, Action action, boolean known) {
    this(rule, subject, finding, action, known, Optional.empty());
  }
}
