package dev.lintel.rule.destinationrule;

import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.LabelSelector;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.OfRule;
import dev.lintel.topology.Change;
import dev.lintel.topology.RuleReaders;
import dev.lintel.topology.Topology;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A rule with a selector for a host behind a waypoint: the waypoint's clusters are built without
 * it.
 *
 * <p>Restricted: {@code spec.workloadSelector} of a DestinationRule for a host with a waypoint.
 * Allowed: where sidecars or a kgateway Gateway read the rule, unless it takes another rule away
 * from the waypoint (docs/domain.md, 2.2).
 */
final class SelectorAtWaypoint {

  private static final FieldPath SELECTOR = FieldPath.of("spec.workloadSelector");

  static final Rule RULE =
      Rule.warns("DR-009", "workload-selector-at-waypoint")
          .summary("Waypoints apply only DestinationRules without a workloadSelector")
          .reads(Reads.RULE_READERS)
          .ofDestinationRules(SelectorAtWaypoint::judge);

  private SelectorAtWaypoint() {}

  private static Stream<Finding> judge(Topology topology, OfRule subject) {
    DestinationRule rule = subject.resource();
    return ignored(topology, subject, rule)
        .limit(1)
        .map(ignored -> finding(topology, rule, ignored));
  }

  /** Tells whether a waypoint ignores the rule for its selector. */
  static boolean concerns(Topology topology, OfRule subject) {
    return ignored(topology, subject, subject.resource()).findAny().isPresent();
  }

  private static Stream<Ignored> ignored(Topology topology, OfRule subject, DestinationRule rule) {
    if (rule.workloadSelector().isEmpty()) {
      return Stream.empty();
    }
    boolean isDead = Readings.isDead(subject);
    return subject.readers().stream()
        .flatMap(
            readers ->
                readers.otherWaypoints().stream()
                    .filter(w -> Readings.isSearched(topology, rule, w, readers.backend()))
                    .map(w -> new Ignored(readers, w, taken(topology, rule, readers, w))))
        .filter(ignored -> isDead || ignored.taken.isPresent());
  }

  /** Returns the rule that the waypoint would apply, were this one not there. */
  private static Optional<DestinationRule> taken(
      Topology topology, DestinationRule rule, RuleReaders readers, Gateway waypoint) {
    boolean isFound =
        topology.lookUpRule(waypoint.namespace(), readers.backend()).rules().stream()
            .allMatch(rule::equals);
    return isFound
        ? topology
            .apply(Change.remove(rule.ref()))
            .lookUpRule(waypoint.namespace(), readers.backend())
            .policyAtWaypoint()
        : Optional.empty();
  }

  private static Finding finding(Topology topology, DestinationRule rule, Ignored ignored) {
    Finding found =
        Finding.at(SELECTOR)
            .says(
                "waypoint %s applies no rule with a workloadSelector to %s%s%s",
                ignored.waypoint.key(),
                ignored.readers.backend().host(),
                ignored
                    .taken
                    .map(other -> ", and this one keeps " + other.ref().spoken() + " from it")
                    .orElse(""),
                selects(topology, rule, ignored.waypoint)
                    ? "; it matches the waypoint's Pod, so locality acts, and outlierDetection does"
                        + " not"
                    : "")
            .because(
                "A waypoint's clusters are inbound, and for those istiod passes over rules with a"
                    + " selector. The host is matched first, so such a rule still stops the search:"
                    + " a rule that would have been found after it is not applied either. Endpoints"
                    + " alone are looked up as outbound, so a selector that matches the waypoint's"
                    + " Pod gives it locality priorities without outlier detection.")
            .fix("remove the selector if the rule is meant for the waypoint")
            .about(ignored.waypoint)
            .with(ignored.readers.backend().resource());
    return ignored.taken.map(found::with).orElse(found);
  }

  private static boolean selects(Topology topology, DestinationRule rule, Gateway waypoint) {
    Map<String, String> wanted = rule.workloadSelector().orElse(Map.of());
    return rule.namespace().equals(waypoint.namespace())
        && topology
            .podsOf(waypoint)
            .anyMatch(pod -> LabelSelector.containsAll(pod.metadata().labels(), wanted));
  }

  /**
   * A waypoint that passes over the rule.
   *
   * @param readers the readers for the host
   * @param waypoint the waypoint
   * @param taken the rule that it would apply otherwise
   */
  private record Ignored(RuleReaders readers, Gateway waypoint, Optional<DestinationRule> taken) {}
}
