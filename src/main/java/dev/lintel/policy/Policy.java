package dev.lintel.policy;

import dev.lintel.mesh.Platform;
import dev.lintel.rule.Action;
import dev.lintel.rule.Finding;
import dev.lintel.rule.RuleInfo;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the administrator decided.
 *
 * @param enforcement the ceiling for every finding
 * @param actions what rules ask for, by code; a rule that is not named keeps its default
 * @param overrides what holds for some namespaces instead; of several that fit, the last counts
 * @param exemptions findings that are accepted for a while
 * @param ignoreUsers users whose writes are not judged
 * @param ignoreGroups groups whose members' writes are not judged
 * @param annotated the codes of the rules that an object may be exempted from by its own annotation
 * @param limits bounds on what one answer costs and says
 * @param platform facts about the installation
 */
public record Policy(
    Action enforcement,
    Map<String, Action> actions,
    List<NamespaceOverride> overrides,
    List<Exemption> exemptions,
    List<Glob> ignoreUsers,
    List<Glob> ignoreGroups,
    Set<String> annotated,
    Limits limits,
    Platform platform) {

  /** The built-in defaults, in force where there is no document. */
  public static final Policy DEFAULT =
      new Policy(
          Action.DENY,
          Map.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          Set.of(),
          Limits.DEFAULT,
          Platform.AUTO);

  /** Copies the collections, so that the record is immutable. */
  public Policy {
    actions = Map.copyOf(actions);
    overrides = List.copyOf(overrides);
    exemptions = List.copyOf(exemptions);
    ignoreUsers = List.copyOf(ignoreUsers);
    ignoreGroups = List.copyOf(ignoreGroups);
    annotated = Set.copyOf(annotated);
  }

  /** Returns the same decisions about another installation. */
  public Policy withPlatform(Platform other) {
    return new Policy(
        enforcement,
        actions,
        overrides,
        exemptions,
        ignoreUsers,
        ignoreGroups,
        annotated,
        limits,
        other);
  }

  /** Tells whether someone's writes are not judged. */
  public boolean ignores(String user, Collection<String> groups) {
    return ignoreUsers.stream().anyMatch(glob -> glob.matches(user))
        || groups.stream().anyMatch(g -> ignoreGroups.stream().anyMatch(glob -> glob.matches(g)));
  }

  /** Returns what a rule's findings on an object ask for at most, exemptions aside. */
  public Action actionOf(RuleInfo rule, Target target) {
    Action asked = actions.getOrDefault(rule.code(), rule.defaultAction());
    Action ceiling = enforcement;
    for (NamespaceOverride override : overrides) {
      if (override.fits(target)) {
        asked = override.actions().getOrDefault(rule.code(), asked);
        ceiling = override.enforcement().orElse(ceiling);
      }
    }
    return asked.atMost(ceiling).atMost(enforcement);
  }

  /**
   * Decides what comes of a finding: the one place where exemptions are honoured.
   *
   * @param ceiling the most that may come of it, whatever the document says
   * @param today the day on which exemptions must count
   */
  public Ruling rule(
      RuleInfo rule, Finding finding, Target target, Action ceiling, LocalDate today) {
    Action action = actionOf(rule, target).atMost(finding.ceiling()).atMost(ceiling);
    Optional<String> exemption =
        action.compareTo(Action.AUDIT) > 0 ? exemption(rule, target, today) : Optional.empty();
    return new Ruling(exemption.isPresent() ? Action.AUDIT : action, exemption);
  }

  private Optional<String> exemption(RuleInfo rule, Target target, LocalDate today) {
    return exemptions.stream()
        .filter(exemption -> exemption.countsOn(today))
        .filter(exemption -> exemption.covers(rule.code(), target.ref()))
        .findFirst()
        .map(Exemption::spoken)
        .or(() -> ownExemption(rule, target));
  }

  private Optional<String> ownExemption(RuleInfo rule, Target target) {
    return annotated.contains(rule.code())
        ? target.exemptAnnotation().flatMap(text -> ExemptAnnotation.reason(text, rule))
        : Optional.empty();
  }
}
