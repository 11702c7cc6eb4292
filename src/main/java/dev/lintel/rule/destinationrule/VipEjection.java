package dev.lintel.rule.destinationrule;

import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.TrafficPolicy.OutlierDetection;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.OfRule;
import dev.lintel.topology.Backend;
import dev.lintel.topology.IngressLeg;
import dev.lintel.topology.IngressPath;
import dev.lintel.topology.RuleReaders;
import dev.lintel.topology.Topology;
import java.util.stream.Stream;

/**
 * Outlier detection that can take the whole service away from a gateway: behind the virtual IP the
 * gateway's cluster has one endpoint.
 *
 * <p>Restricted: {@code outlierDetection.maxEjectionPercent: 100} of a DestinationRule that a
 * kgateway Gateway reads while it sends to the host's address. Allowed: less than 100, and rules
 * that the Gateway does not see (docs/domain.md, 4.4).
 */
final class VipEjection {

  private static final int ALL = 100;

  static final Rule RULE =
      Rule.warns("DR-018", "outlier-detection-ejects-virtual-ip")
          .summary("The gateway may eject the service's only address")
          .reads(Reads.RULE_READERS)
          .ofDestinationRules(VipEjection::judge);

  private VipEjection() {}

  private static Stream<Finding> judge(Topology topology, OfRule subject) {
    DestinationRule rule = subject.resource();
    return rule.workloadSelector().isEmpty()
            && PlacedPolicy.ofDestination(rule).stream().anyMatch(VipEjection::mayEjectAll)
        ? subject.readers().stream().flatMap(r -> behindVip(topology, rule, r)).limit(1)
        : Stream.empty();
  }

  private static Stream<Finding> behindVip(
      Topology topology, DestinationRule rule, RuleReaders readers) {
    Backend backend = readers.backend();
    return legsTo(topology, readers)
        .filter(leg -> leg.kgateway().istioIntegration().isYes())
        .filter(leg -> leg.certainly(VipEjection::sendsToAddress))
        .filter(leg -> isPicked(topology, rule, leg.gateway(), backend))
        .flatMap(
            leg ->
                PlacedPolicy.inEffect(rule, backend).stream()
                    .filter(VipEjection::mayEjectAll)
                    .map(placed -> finding(placed, rule, backend, leg)));
  }

  /** Whichever host of an entry a route names, kgateway sends to the cluster of the first. */
  private static Stream<IngressLeg> legsTo(Topology topology, RuleReaders readers) {
    if (!(readers.backend() instanceof Backend.OfEntry host)) {
      return readers.legs().stream();
    }
    return host.isFirst()
        ? topology.backendsOf(host.entry()).stream()
            .flatMap(any -> topology.ingress().to(any).stream())
            .filter(Readings.once(leg -> leg.gateway().key()))
        : Stream.empty();
  }

  /** Without any address the cluster is empty, and there is nothing to eject. */
  private static boolean sendsToAddress(IngressPath path) {
    return switch (path) {
      case IngressPath.ThroughWaypoint through -> true;
      case IngressPath.WaypointSkippedBehindVip skipped -> true;
      case IngressPath.EmptyCluster empty -> false;
      case IngressPath.PlaintextToPod plaintext -> false;
      case IngressPath.GatewayPicksPod direct -> false;
      case IngressPath.WaypointBypassed bypassed -> false;
    };
  }

  private static boolean isPicked(
      Topology topology, DestinationRule rule, Gateway gateway, Backend backend) {
    return topology.rules().atKgateway(gateway, backend).filter(rule::equals).isPresent();
  }

  private static boolean mayEjectAll(PlacedPolicy placed) {
    return placed
        .policy()
        .outlierDetection()
        .map(OutlierDetection::maxEjectionPercent)
        .filter(percent -> percent >= ALL)
        .isPresent();
  }

  private static Finding finding(
      PlacedPolicy placed, DestinationRule rule, Backend backend, IngressLeg leg) {
    return Finding.at(placed.field().field("outlierDetection").field("maxEjectionPercent"))
        .says(
            "%s sees one endpoint, the address of %s, and 100 percent lets it eject that: 503 for"
                + " all",
            leg.gateway().ref().spoken(), backend.resource().ref().spoken())
        .because(
            "With ingress-use-waypoint kgateway's cluster holds the Service's address alone, and"
                + " kgateway attaches the rule's outlier detection to it as well. A burst of errors"
                + " then ejects the address, and every request is answered with 503 until"
                + " baseEjectionTime is over.")
        .fix("%s", fix(rule, leg))
        .with(leg.gateway())
        .with(backend.resource())
        .fact("path %s", leg.paths().getFirst().label())
        .fact("concluded from the source of kgateway, not seen in operation");
  }

  /** A rule that is exported to the waypoint's namespace alone is not seen by the gateway. */
  private static String fix(DestinationRule rule, IngressLeg leg) {
    String lower = "set maxEjectionPercent below 100";
    return leg.paths().getFirst() instanceof IngressPath.ThroughWaypoint(var waypoint)
            && !waypoint.namespace().equals(leg.gateway().namespace())
            && rule.exportTo().isEmpty()
        ? "%s, or hide the rule from the gateway with `exportTo: [%s]`"
            .formatted(
                lower,
                waypoint.namespace().equals(rule.namespace()) ? "\".\"" : waypoint.namespace())
        : lower;
  }
}
