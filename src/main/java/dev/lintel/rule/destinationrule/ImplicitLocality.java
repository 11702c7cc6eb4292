package dev.lintel.rule.destinationrule;

import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.Kind;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.OfRule;
import dev.lintel.topology.Pickers;
import dev.lintel.topology.Place;
import dev.lintel.topology.RuleReaders;
import dev.lintel.topology.Topology;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Outlier detection that brings a preference for the waypoint's own zone with it, because the
 * mesh's locality load balancing is on by default.
 *
 * <p>Restricted: {@code outlierDetection} without {@code localityLbSetting} in a DestinationRule
 * that a waypoint applies to endpoints of several zones. Allowed: where a traffic distribution or
 * the rule says what is preferred (docs/domain.md, 2.4).
 */
final class ImplicitLocality {

  static final Rule RULE =
      Rule.isOff("DR-016", "outlier-detection-prefers-zone")
          .summary("Outlier detection makes the waypoint prefer its own zone")
          .reads(Reads.and(Reads.RULE_READERS, Kind.ENDPOINT_SLICE, Kind.NODE, Kind.WORKLOAD_ENTRY))
          .ofDestinationRules(ImplicitLocality::judge);

  private ImplicitLocality() {}

  private static Stream<Finding> judge(Topology topology, OfRule subject) {
    return subject.readers().stream()
        .filter(readers -> !readers.applyingWaypoints().isEmpty())
        .filter(readers -> hasNoModeAndSeveralZones(topology, readers))
        .flatMap(readers -> atWaypoints(subject.resource(), readers))
        .limit(1);
  }

  private static boolean hasNoModeAndSeveralZones(Topology topology, RuleReaders readers) {
    Pickers pickers = topology.endpoints().pickers(readers.backend());
    return pickers.modeInMesh().isEmpty()
        && !pickers.isOwnNodeOnly()
        && topology
            .endpoints()
            .of(readers.backend())
            .filter(
                endpoints ->
                    endpoints.places().stream()
                            .map(Place::zone)
                            .flatMap(Optional::stream)
                            .distinct()
                            .limit(2)
                            .count()
                        > 1)
            .isPresent();
  }

  private static Stream<Finding> atWaypoints(DestinationRule rule, RuleReaders readers) {
    return PlacedPolicy.inEffect(rule, readers.backend()).stream()
        .filter(ImplicitLocality::saysNothingOfLocality)
        .map(placed -> finding(placed, readers));
  }

  private static boolean saysNothingOfLocality(PlacedPolicy placed) {
    return placed.policy().outlierDetection().isPresent()
        && placed.policy().locality().isEmpty()
        && !placed.policy().isZoneAware();
  }

  private static Finding finding(PlacedPolicy placed, RuleReaders readers) {
    Finding found =
        Finding.at(placed.field().field("outlierDetection"))
            .says(
                "outlierDetection makes %s prefer endpoints of %s in its own zone",
                Readings.spokenWaypoints(readers), readers.backend().resource().ref().spoken())
            .because(
                "The mesh's localityLbSetting is on by default, and with outlier detection istiod"
                    + " puts it into effect: endpoints of the proxy's zone first, then those of its"
                    + " region, then the others.")
            .fix(
                "set `localityLbSetting: {enabled: false}` to balance over all zones alike, or say"
                    + " what is preferred");
    return Readings.withWaypoints(readers, found);
  }
}
