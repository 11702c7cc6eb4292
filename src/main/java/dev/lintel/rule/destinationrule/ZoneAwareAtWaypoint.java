package dev.lintel.rule.destinationrule;

import dev.lintel.mesh.Since;
import dev.lintel.mesh.TrafficDistribution;
import dev.lintel.resource.DestinationRule;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.OfRule;
import dev.lintel.topology.Backend;
import dev.lintel.topology.RuleReaders;
import dev.lintel.topology.Topology;
import java.util.stream.Stream;

/**
 * Zone-aware load balancing at a waypoint, which does not do it, and loses the traffic distribution
 * over it.
 *
 * <p>Restricted: {@code loadBalancer.zoneAwareLbSetting} of a DestinationRule that a waypoint
 * applies. Allowed: where sidecars or Istio's own gateways read the rule (docs/domain.md, 2.2).
 */
final class ZoneAwareAtWaypoint {

  static final Rule RULE =
      Rule.warns("DR-021", "zone-aware-setting-at-waypoint")
          .summary("A waypoint does no zone-aware load balancing")
          .reads(Reads.RULE_READERS)
          .ofDestinationRules(ZoneAwareAtWaypoint::judge);

  private ZoneAwareAtWaypoint() {}

  private static Stream<Finding> judge(Topology topology, OfRule subject) {
    return ofRule(topology, subject, subject.resource());
  }

  private static Stream<Finding> ofRule(Topology topology, OfRule subject, DestinationRule rule) {
    return subject.readers().stream()
        .filter(readers -> !readers.applyingWaypoints().isEmpty() && !readers.istiodClients())
        .flatMap(
            readers ->
                PlacedPolicy.inEffect(rule, readers.backend()).stream()
                    .filter(placed -> placed.policy().isZoneAware())
                    .map(placed -> finding(topology, placed, readers)))
        .limit(1);
  }

  private static Finding finding(Topology topology, PlacedPolicy placed, RuleReaders readers) {
    Finding found =
        Finding.at(placed.field().field("loadBalancer").field("zoneAwareLbSetting"))
            .says("%s", says(topology, readers))
            .because(
                "Waypoints do not implement zone-aware load balancing. From 1.31 on istiod takes"
                    + " the setting for the rule's locality preference all the same, so that a"
                    + " traffic distribution is not looked at any more, and the waypoint balances"
                    + " over all endpoints alike.")
            .fix("%s", fix(topology, readers.backend()));
    return Readings.withWaypoints(readers, found);
  }

  private static String says(Topology topology, RuleReaders readers) {
    String nothing = "zoneAwareLbSetting does nothing at " + Readings.spokenWaypoints(readers);
    if (topology.dialect().istiodLacks(Since.ZONE_AWARE_SETTING)) {
      return nothing + ", and istiod knows the field from 1.31 on";
    }
    TrafficDistribution mode =
        topology.endpoints().trafficDistributionOf(readers.backend()).atIstiod();
    return mode == TrafficDistribution.ANY
        ? nothing + " but switch off any traffic distribution"
        : "%s, and switches off traffic distribution %s of %s"
            .formatted(nothing, mode.spelling(), readers.backend().resource().ref().spoken());
  }

  private static String fix(Topology topology, Backend backend) {
    return topology.endpoints().trafficDistributionOf(backend).atIstiod() == TrafficDistribution.ANY
        ? "remove it and set a traffic distribution on " + backend.resource().ref().spoken()
        : "remove it";
  }
}
