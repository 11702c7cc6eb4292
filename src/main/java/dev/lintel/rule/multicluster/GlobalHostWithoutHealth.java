package dev.lintel.rule.multicluster;

import dev.lintel.mesh.KgatewayDistribution;
import dev.lintel.mesh.TrafficDistribution;
import dev.lintel.resource.BackendConfigPolicy;
import dev.lintel.resource.BackendConfigPolicy.Setting;
import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.Kind;
import dev.lintel.resource.Route;
import dev.lintel.resource.TrafficPolicy;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Solo;
import dev.lintel.rule.Subject.OfService;
import dev.lintel.topology.IngressLeg;
import dev.lintel.topology.Topology;
import java.util.stream.Stream;

/**
 * A global host that the gateway balances itself, its own cluster first, without any sign of which
 * endpoints fail.
 *
 * <p>Restricted: a peered Service to whose global host a Gateway of enterprise kgateway routes, and
 * which other clusters export. Allowed: with outlier detection or health checks in a
 * DestinationRule or BackendConfigPolicy for the global host; through a waypoint; without a
 * preference (docs/domain.md, 1.5).
 */
final class GlobalHostWithoutHealth {

  static final Rule RULE =
      Rule.warns("MC-006", "global-host-without-health-signal")
          .summary("The gateway does not notice when its own cluster fails")
          .reads(Reads.and(Reads.GLOBAL_INGRESS, Kind.DESTINATION_RULE, Kind.BACKEND_CONFIG_POLICY))
          .ofServices(GlobalHostWithoutHealth::judge);

  private GlobalHostWithoutHealth() {}

  private static Stream<Finding> judge(Topology topology, OfService subject) {
    return Solo.asFarAsKnown(
        topology,
        Peered.of(topology, subject)
            .filter(peered -> peered.global().exportedElsewhere().isYes())
            .filter(peered -> modeOf(topology, peered) != TrafficDistribution.ANY)
            .filter(peered -> !isWatchedByPolicy(topology, peered))
            .stream()
            .flatMap(
                peered ->
                    peered.legs().stream()
                        .filter(leg -> isBalanced(leg) && !isWatchedByRule(topology, peered, leg))
                        .map(leg -> finding(topology, peered, leg))));
  }

  private static TrafficDistribution modeOf(Topology topology, Peered peered) {
    return topology.endpoints().trafficDistributionOf(peered.backend()).atKgateway();
  }

  /** Open source kgateway finds no endpoint there, which is the finding of another rule. */
  private static boolean isBalanced(IngressLeg leg) {
    return leg.kgateway().distribution() == KgatewayDistribution.ENTERPRISE
        && leg.certainly(Ingress::isPickedInTheMesh);
  }

  private static boolean isWatchedByPolicy(Topology topology, Peered peered) {
    return topology.ingress().backendPoliciesFor(peered.backend()).stream()
        .anyMatch(GlobalHostWithoutHealth::isSignal);
  }

  private static boolean isSignal(BackendConfigPolicy policy) {
    return policy.sets(Setting.OUTLIER_DETECTION) || policy.sets(Setting.HEALTH_CHECK);
  }

  private static boolean isWatchedByRule(Topology topology, Peered peered, IngressLeg leg) {
    return !leg.kgateway().istioIntegration().isNo()
        && topology
            .rules()
            .atKgateway(leg.gateway(), peered.backend())
            .flatMap(DestinationRule::trafficPolicy)
            .filter(policy -> hasOutlierDetection(peered, policy))
            .isPresent();
  }

  private static boolean hasOutlierDetection(Peered peered, TrafficPolicy policy) {
    return peered.backend().ports().stream()
        .anyMatch(port -> policy.forPort(port).outlierDetection().isPresent());
  }

  private static Finding finding(Topology topology, Peered peered, IngressLeg leg) {
    Route route = leg.routes().getFirst();
    TrafficDistribution mode = modeOf(topology, peered);
    return peered.assuming(
        Finding.at(Solo.scopeField(topology, peered.service().metadata()))
            .says(
                "%s keeps sending to failing endpoints of its own cluster: %s has no outlier"
                    + " detection",
                leg.gateway().ref().spoken(), peered.host())
            .because(
                "%s routes to the global host and prefers near endpoints (%s). Without outlier"
                    + " detection or health checks it turns to another cluster only once the"
                    + " failing endpoints are removed, which takes some 30 seconds of errors.",
                route.ref().spoken(), mode.spelling())
            .fix(
                "add outlierDetection for `%s` in a BackendConfigPolicy (target kind Hostname) or"
                    + " DestinationRule",
                peered.host())
            .about(leg.gateway())
            .with(route));
  }
}
