package dev.lintel.rule.destinationrule;

import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.LabelSelector;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.OfRule;
import dev.lintel.rule.destinationrule.Readings.AtHost;
import dev.lintel.topology.Change;
import dev.lintel.topology.RuleReading.HasSelector;
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
    boolean isDead = Readings.isDead(subject);
    return Readings.of(subject, HasSelector.class)
        .filter(AtHost::isAtWaypoint)
        .flatMap(
            ignored -> {
              Optional<DestinationRule> taken = taken(topology, subject.resource(), ignored);
              return isDead || taken.isPresent()
                  ? Stream.of(finding(topology, subject.resource(), ignored, taken))
                  : Stream.empty();
            })
        .limit(1);
  }

  /** Returns the rule that the waypoint would apply, were this one not there. */
  private static Optional<DestinationRule> taken(
      Topology topology, DestinationRule rule, AtHost<HasSelector> ignored) {
    String namespace = ignored.gateway().namespace();
    boolean isFound =
        topology.rules().lookUp(namespace, ignored.backend()).rules().stream()
            .allMatch(rule::equals);
    return isFound
        ? topology
            .apply(Change.remove(rule.ref()))
            .rules()
            .lookUp(namespace, ignored.backend())
            .policyAtWaypoint()
        : Optional.empty();
  }

  private static Finding finding(
      Topology topology,
      DestinationRule rule,
      AtHost<HasSelector> ignored,
      Optional<DestinationRule> taken) {
    Finding found =
        Finding.at(SELECTOR)
            .says(
                "%s applies no rule with a workloadSelector to %s%s%s",
                ignored.reading().proxy().spoken(),
                ignored.backend().host(),
                taken
                    .map(other -> ", and this one keeps " + other.ref().spoken() + " from it")
                    .orElse(""),
                selects(topology, rule, ignored.gateway())
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
            .about(ignored.gateway())
            .with(ignored.backend().resource());
    return taken.map(found::with).orElse(found);
  }

  private static boolean selects(Topology topology, DestinationRule rule, Gateway waypoint) {
    Map<String, String> wanted = rule.workloadSelector().orElse(Map.of());
    return rule.namespace().equals(waypoint.namespace())
        && topology
            .podsOf(waypoint)
            .anyMatch(pod -> LabelSelector.containsAll(pod.metadata().labels(), wanted));
  }
}
