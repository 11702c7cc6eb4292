package dev.lintel.rule.destinationrule;

import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.Gateway;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.OfRule;
import dev.lintel.topology.Proxy;
import dev.lintel.topology.RuleReaders;
import dev.lintel.topology.RuleReading.Swallowed;
import dev.lintel.topology.Topology;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A private rule beside one with a selector for the same host: both are for their own namespace
 * only, so istiod merges the private one into the other, and keeps it for the selected workloads
 * alone.
 *
 * <p>Restricted: {@code spec.exportTo} of just {@code .} while a rule of the same namespace and
 * host has a {@code spec.workloadSelector}, whichever is older. Allowed: any other export, the
 * namespace's own name among them; where kgateway alone would read the rule (docs/domain.md, 2.1).
 */
final class SwallowedRule {

  static final Rule RULE =
      Rule.warns("DR-031", "private-rule-swallowed-by-selector")
          .summary("A rule with a workloadSelector swallows this private one")
          .reads(Reads.RULE_READERS)
          .ofDestinationRules(SwallowedRule::judge);

  private SwallowedRule() {}

  private static Stream<Finding> judge(Topology topology, OfRule subject) {
    DestinationRule rule = subject.resource();
    boolean isPrivate = rule.exportTo().equals(List.of(".")) && rule.workloadSelector().isEmpty();
    return isPrivate
        ? subject.readers().stream()
            .flatMap(readers -> finding(topology, rule, readers).stream())
            .limit(1)
        : Stream.empty();
  }

  /** Whoever reads private rules is in their namespace. */
  private static Optional<Finding> finding(
      Topology topology, DestinationRule rule, RuleReaders readers) {
    List<Gateway> waypoints =
        readers.of(Swallowed.class).stream()
            .map(Swallowed::proxy)
            .flatMap(proxy -> proxy.object().stream())
            .toList();
    boolean isReadBesides = !waypoints.isEmpty() || hasIstiodProxies(topology, rule.namespace());
    return Optional.of(topology.rules().lookUp(rule.namespace(), readers.backend()))
        .filter(found -> isReadBesides)
        .flatMap(found -> found.swallowerOf(rule))
        .map(by -> finding(rule, by, waypoints).with(readers.backend().resource()));
  }

  private static boolean hasIstiodProxies(Topology topology, String namespace) {
    return topology.sidecarNamespaces().anyMatch(namespace::equals)
        || topology.ingress().istioGateways().map(Gateway::namespace).anyMatch(namespace::equals);
  }

  private static Finding finding(
      DestinationRule rule, DestinationRule by, List<Gateway> waypoints) {
    String others =
        waypoints.isEmpty()
            ? "no other proxy"
            : "not " + new Proxy.Waypoint(waypoints.getFirst()).spoken();
    Finding found =
        Finding.at(Readings.EXPORT_TO)
            .says(
                "istiod keeps this private rule only within %s: Pods with %s may read it, %s",
                by.ref().spoken(), labels(by), others)
            .because(
                "A workloadSelector makes a rule private. A rule for the same host with exportTo"
                    + " `.` has the same export, so istiod merges it into the one with the"
                    + " selector, whose own trafficPolicy stays if it has one, and keeps it nowhere"
                    + " else, whichever of the two is older.")
            .fix("leave exportTo out, or write `%s` instead of `.`", rule.namespace())
            .about(by);
    for (Gateway waypoint : waypoints) {
      found = found.with(waypoint);
    }
    return found;
  }

  private static String labels(DestinationRule rule) {
    return rule.workloadSelector().orElse(Map.of()).entrySet().stream()
        .map(label -> "`%s=%s`".formatted(label.getKey(), label.getValue()))
        .sorted()
        .collect(Collectors.joining(", "));
  }
}
