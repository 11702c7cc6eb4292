package dev.lintel.policy;

import dev.lintel.mesh.Platform;
import dev.lintel.rule.Action;
import dev.lintel.rule.Finding;
import dev.lintel.rule.RuleInfo;
import java.util.Map;

/**
 * What the administrator decided.
 *
 * @param enforcement the ceiling for every finding
 * @param actions what rules ask for, by code; a rule that is not named keeps its default
 * @param platform facts about the installation
 */
public record Policy(Action enforcement, Map<String, Action> actions, Platform platform) {

  /** The built-in defaults, in force where there is no document. */
  public static final Policy DEFAULT = new Policy(Action.DENY, Map.of(), Platform.AUTO);

  /** Copies the map, so that the record is immutable. */
  public Policy {
    actions = Map.copyOf(actions);
  }

  /** Returns what a rule's findings ask for at most. */
  public Action actionOf(RuleInfo rule) {
    return actions.getOrDefault(rule.code(), rule.defaultAction()).atMost(enforcement);
  }

  /** Returns what a finding asks for: never more than it says itself. */
  public Action actionOf(RuleInfo rule, Finding finding) {
    return actionOf(rule).atMost(finding.ceiling());
  }
}
