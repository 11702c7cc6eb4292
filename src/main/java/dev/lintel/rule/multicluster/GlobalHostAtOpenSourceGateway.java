package dev.lintel.rule.multicluster;

import dev.lintel.mesh.Fact;
import dev.lintel.mesh.Keys;
import dev.lintel.mesh.KgatewayDistribution;
import dev.lintel.resource.Route;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Solo;
import dev.lintel.rule.Subject.OfService;
import dev.lintel.topology.IngressLeg;
import dev.lintel.topology.Topology;
import java.util.stream.Stream;

/**
 * A global host behind open source kgateway without a waypoint: the gateway finds no endpoint in
 * what peering generates.
 *
 * <p>Restricted: a peered Service to whose global host a Gateway of open source kgateway routes,
 * and whose Pods it picks itself. Allowed: through a waypoint that the Service names; at enterprise
 * kgateway (docs/domain.md, 4.3).
 */
final class GlobalHostAtOpenSourceGateway {

  static final Rule RULE =
      Rule.warns("MC-011", "global-host-at-open-source-gateway")
          .summary("Open source kgateway finds no endpoint behind a global host")
          .reads(Reads.GLOBAL_INGRESS)
          .ofServices(GlobalHostAtOpenSourceGateway::judge);

  private GlobalHostAtOpenSourceGateway() {}

  private static Stream<Finding> judge(Topology topology, OfService subject) {
    return Solo.asFarAsKnown(
        topology,
        Peered.of(topology, subject).stream()
            .flatMap(
                peered ->
                    peered.legs().stream()
                        .filter(GlobalHostAtOpenSourceGateway::isEmpty)
                        .map(leg -> finding(topology, peered, leg))));
  }

  /** Without the integration kgateway does not know the host, whatever the path would be. */
  private static boolean isEmpty(IngressLeg leg) {
    return leg.kgateway().distribution() == KgatewayDistribution.OPEN_SOURCE
        && (leg.kgateway().istioIntegration().isNo() || leg.certainly(Ingress::isPickedInTheMesh));
  }

  private static Finding finding(Topology topology, Peered peered, IngressLeg leg) {
    Route route = leg.routes().getFirst();
    Finding at = Finding.at(Solo.scopeField(topology, peered.service().metadata()));
    Fact integration = leg.kgateway().istioIntegration();
    return peered.assuming(
        (integration.isNo() ? unknown(at, peered, leg, integration) : empty(at, peered, leg))
            .about(leg.gateway())
            .with(route));
  }

  private static Finding unknown(Finding at, Peered peered, IngressLeg leg, Fact integration) {
    return at.says(
            "%s on %s gets an error for %s: kgateway reads no ServiceEntry (%s)",
            leg.routes().getFirst().ref().spoken(),
            leg.gateway().ref().spoken(),
            peered.host(),
            integration.reason())
        .because(
            "Peering makes the global host known by a ServiceEntry. Without the Istio integration"
                + " kgateway knows no backend of kind Hostname, and with it, in open source, none"
                + " that has endpoints but through a waypoint.")
        .fix(
            "set it to true and send ingress through a waypoint, or name the Service for this"
                + " cluster's Pods");
  }

  private static Finding empty(Finding at, Peered peered, IngressLeg leg) {
    return at.says(
            "%s on %s gets 503 for %s: open source kgateway finds no endpoint for it",
            leg.routes().getFirst().ref().spoken(), leg.gateway().ref().spoken(), peered.host())
        .because(
            "The generated entry selects Pods, but stands in the control plane's namespace, and"
                + " kgateway selects in the entry's own namespace. Endpoints of other clusters"
                + " have a network and no address, and are left out too.")
        .fix(
            "send ingress through a waypoint (`%s: \"true\"`%s), or use enterprise kgateway",
            Keys.INGRESS_USE_WAYPOINT,
            leg.kgateway().ingressUseWaypoints().isYes() ? "" : ", KGW_ENABLE_WAYPOINT=true")
        .fact("path %s", leg.paths().getFirst().label());
  }
}
