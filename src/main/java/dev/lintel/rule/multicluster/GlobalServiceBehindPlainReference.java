package dev.lintel.rule.multicluster;

import dev.lintel.mesh.Keys;
import dev.lintel.mesh.KgatewayDistribution;
import dev.lintel.resource.Route;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject;
import dev.lintel.rule.Subject.OfService;
import dev.lintel.topology.IngressLeg;
import dev.lintel.topology.ServiceScopes;
import dev.lintel.topology.Topology;
import java.util.stream.Stream;

/**
 * A Service that is global in upstream Istio, behind a kgateway that picks its Pods itself:
 * kgateway knows the Pods of its own cluster only.
 *
 * <p>Restricted: {@code istio.io/global: "true"} of Service that a Gateway of open source kgateway
 * routes to. Allowed: ingress through the waypoint; a mesh that is not known to span networks
 * (docs/domain.md, 4.5 and 5.1).
 */
final class GlobalServiceBehindPlainReference {

  static final Rule RULE =
      Rule.warns("MC-010", "global-service-behind-plain-reference")
          .summary("kgateway reaches a global Service of upstream Istio in its own cluster only")
          .reads(Reads.INGRESS)
          .ofServices(GlobalServiceBehindPlainReference::judge);

  private GlobalServiceBehindPlainReference() {}

  private static Stream<Finding> judge(Topology topology, OfService subject) {
    boolean isGlobal =
        topology.dialect().isUpstream()
            && topology.scopes().isMultiNetwork().isYes()
            && ServiceScopes.isGlobalUpstream(subject.metadata());
    return subject
        .approaches()
        .map(Subject.Approach::leg)
        .filter(leg -> isGlobal && isPickedHere(leg))
        .map(GlobalServiceBehindPlainReference::finding);
  }

  private static boolean isPickedHere(IngressLeg leg) {
    return leg.kgateway().distribution() == KgatewayDistribution.OPEN_SOURCE
        && leg.certainly(Ingress::isPickedInTheMesh);
  }

  private static Finding finding(IngressLeg leg) {
    Route route = leg.routes().getFirst();
    return Finding.at(FieldPath.label(Keys.GLOBAL))
        .says(
            "%s on %s reaches this cluster only: kgateway does not know the global Service's other"
                + " Pods",
            route.ref().spoken(), leg.gateway().ref().spoken())
        .because(
            "The label makes the Pods of other clusters known to ztunnel and to waypoints. kgateway"
                + " balances by itself, over the EndpointSlices of its own cluster.")
        .fix(
            "send ingress through a waypoint (`%s` and `%s: \"true\"`), or accept that it stays"
                + " local",
            Keys.USE_WAYPOINT, Keys.INGRESS_USE_WAYPOINT)
        .about(leg.gateway())
        .with(route)
        .fact("path %s", leg.paths().getFirst().label());
  }
}
