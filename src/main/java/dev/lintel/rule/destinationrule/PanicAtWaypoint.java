package dev.lintel.rule.destinationrule;

import dev.lintel.mesh.TrafficDistribution;
import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.TrafficPolicy.OutlierDetection;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.OfRule;
import dev.lintel.topology.Backend;
import dev.lintel.topology.RuleReaders;
import dev.lintel.topology.Topology;
import dev.lintel.topology.WaypointBinding;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A health threshold at a waypoint that also knows endpoints which are not ready: below it,
 * requests go to those too.
 *
 * <p>Restricted: {@code outlierDetection.minHealthPercent} above 0 that a waypoint applies to a
 * host with a traffic distribution. Allowed: without a mode, for then endpoints that are not ready
 * are not sent; at other proxies, whose threshold is set to 0 (docs/domain.md, 1.5).
 */
final class PanicAtWaypoint {

  static final Rule RULE =
      Rule.warns("DR-027", "min-health-percent-with-unready-endpoints")
          .summary("Below minHealthPercent a waypoint sends to Pods that are not ready")
          .reads(Reads.RULE_READERS)
          .ofDestinationRules(PanicAtWaypoint::judge);

  private PanicAtWaypoint() {}

  private static final String FIELD = "minHealthPercent";

  private static Stream<Finding> judge(Topology topology, OfRule subject) {
    DestinationRule rule = subject.resource();
    return PlacedPolicy.ofDestination(rule).stream().anyMatch(placed -> threshold(placed) > 0)
        ? subject.readers().stream()
            .flatMap(readers -> finding(topology, rule, readers).stream())
            .limit(1)
        : Stream.empty();
  }

  private static Optional<Finding> finding(
      Topology topology, DestinationRule rule, RuleReaders readers) {
    Backend backend = readers.backend();
    TrafficDistribution mode = topology.endpoints().trafficDistributionOf(backend).atIstiod();
    if (mode == TrafficDistribution.ANY) {
      return Optional.empty();
    }
    return serving(topology, backend)
        .filter(readers.applyingWaypoints()::contains)
        .flatMap(
            waypoint ->
                PlacedPolicy.inEffect(rule, backend).stream()
                    .filter(placed -> threshold(placed) > 0)
                    .filter(placed -> !displacesMode(placed))
                    .findFirst()
                    .map(placed -> finding(placed, backend, waypoint, mode)));
  }

  private static Optional<Gateway> serving(Topology topology, Backend backend) {
    return topology.waypoints().of(backend)
                instanceof WaypointBinding.Bound(var waypoint, var level)
            && topology.waypoints().isEnvoyOfIstiod(waypoint)
        ? Optional.of(waypoint)
        : Optional.empty();
  }

  private static boolean displacesMode(PlacedPolicy placed) {
    return placed.policy().locality().isPresent() || placed.policy().isZoneAware();
  }

  private static int threshold(PlacedPolicy placed) {
    String written =
        placed
            .policy()
            .outlierDetection()
            .map(OutlierDetection::fields)
            .map(fields -> fields.getOrDefault(FIELD, ""))
            .orElse("");
    return written.matches("\\d{1,3}") ? Integer.parseInt(written) : 0;
  }

  private static Finding finding(
      PlacedPolicy placed, Backend backend, Gateway waypoint, TrafficDistribution mode) {
    return Finding.at(placed.field().field("outlierDetection").field(FIELD))
        .says(
            "below %d %% healthy endpoints of `%s`, waypoint %s sends to Pods that are not ready",
            threshold(placed), backend.host(), waypoint.key())
        .because(
            "With traffic distribution %s istiod sends endpoints that are not ready, so that"
                + " requests can move on by priority. At a waypoint minHealthPercent stays the panic"
                + " threshold, below which Envoy balances over all of them.",
            mode)
        .fix("remove minHealthPercent")
        .with(backend.resource())
        .with(waypoint)
        .about(backend.host().value());
  }
}
