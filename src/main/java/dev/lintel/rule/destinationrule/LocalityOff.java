package dev.lintel.rule.destinationrule;

import dev.lintel.mesh.TrafficDistribution;
import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.TrafficPolicy.LocalityLbSetting;
import dev.lintel.rule.Finding;
import dev.lintel.rule.JsonPatch;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.OfRule;
import dev.lintel.topology.RuleReaders;
import dev.lintel.topology.Topology;
import java.util.stream.Stream;

/**
 * Locality load balancing switched off at a waypoint, and the traffic distribution with it.
 *
 * <p>Restricted: {@code localityLbSetting.enabled: false} of a DestinationRule that a waypoint
 * applies to a host with a traffic distribution. Allowed: without one, and where only kgateway
 * reads the rule, which takes such a setting for absent (docs/domain.md, 2.4 and 4.4).
 */
final class LocalityOff {

  static final Rule RULE =
      Rule.warns("DR-015", "locality-off-drops-traffic-distribution")
          .summary("Switching locality off switches the traffic distribution off")
          .reads(Reads.RULE_READERS)
          .ofDestinationRules(LocalityOff::judge);

  private LocalityOff() {}

  private static Stream<Finding> judge(Topology topology, OfRule subject) {
    return subject.readers().stream()
        .filter(readers -> !readers.applyingWaypoints().isEmpty())
        .flatMap(readers -> atWaypoints(topology, subject.resource(), readers))
        .limit(1);
  }

  private static Stream<Finding> atWaypoints(
      Topology topology, DestinationRule rule, RuleReaders readers) {
    return topology.endpoints().pickers(readers.backend()).modeInMesh().stream()
        .flatMap(
            mode ->
                PlacedPolicy.inEffect(rule, readers.backend()).stream()
                    .filter(LocalityOff::isOff)
                    .map(placed -> finding(placed, readers, mode)));
  }

  private static boolean isOff(PlacedPolicy placed) {
    return placed.policy().locality().filter(LocalityLbSetting::isDisabled).isPresent();
  }

  private static Finding finding(
      PlacedPolicy placed, RuleReaders readers, TrafficDistribution mode) {
    Finding found =
        Finding.at(placed.locality().field("enabled"))
            .says(
                "`enabled: false` also switches off %s of %s at %s",
                mode.spelling(),
                readers.backend().resource().ref().spoken(),
                Readings.spokenWaypoints(readers))
            .because(
                "A DestinationRule's localityLbSetting comes before a traffic distribution. With"
                    + " enabled: false the waypoint prefers no endpoint at all. kgateway takes such"
                    + " a setting for absent and keeps the traffic distribution.")
            .fix("remove localityLbSetting to keep it, or remove the traffic distribution")
            .about(readers.backend().host().value());
    return Readings.withWaypoints(readers, placed.port() == 0 ? found.patch(removal()) : found);
  }

  private static JsonPatch removal() {
    return JsonPatch.of(
        JsonPatch.remove("spec", "trafficPolicy", "loadBalancer", "localityLbSetting"));
  }
}
