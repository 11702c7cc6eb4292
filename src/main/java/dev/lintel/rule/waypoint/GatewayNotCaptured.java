package dev.lintel.rule.waypoint;

import dev.lintel.mesh.Keys;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.ResourceRef;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.Approach;
import dev.lintel.rule.Subject.OfHosts;
import dev.lintel.topology.Backend;
import dev.lintel.topology.Topology;
import java.util.stream.Stream;

/**
 * A kgateway Gateway outside the mesh that routes to a host inside. It sends in clear to the Pods,
 * past ztunnel and waypoint.
 *
 * <p>Restricted: nothing on the object itself. Allowed: Gateways whose Pods ztunnel captures
 * (docs/domain.md, 4.1 and 4.3, P1).
 */
final class GatewayNotCaptured {

  static final Rule RULE =
      Rule.warns("WP-011", "gateway-not-captured")
          .summary("The Gateway in front is not in the ambient mesh")
          .reads(Reads.GLOBAL_INGRESS)
          .ofHosts(GatewayNotCaptured::judge);

  private GatewayNotCaptured() {}

  private static Stream<Finding> judge(Topology topology, OfHosts subject) {
    return Waypointed.oncePerGateway(
            subject,
            approach ->
                approach.leg().captured().isNo()
                    && wantsTheMesh(topology, approach.host().backend()))
        .map(approach -> finding(topology, approach));
  }

  private static boolean wantsTheMesh(Topology topology, Backend backend) {
    return (isInside(backend) && isAmbient(topology, backend.namespace()))
        || backend.metadata().label(Keys.USE_WAYPOINT).filter(v -> !v.equals("none")).isPresent()
        || topology
            .namespaceLabel(backend.namespace(), Keys.USE_WAYPOINT)
            .filter(value -> !value.equals("none"))
            .isPresent()
        || topology.ingress().labelIsTrueForIstiod(backend)
        || topology.ingress().labelIsTrueForKgateway(backend);
  }

  /** The way to an external host is not the mesh's, wherever the object stands. */
  private static boolean isInside(Backend backend) {
    return switch (backend) {
      case Backend.OfService(var service, var host) -> !service.isExternalName();
      case Backend.OfEntry(var entry, var host, var written) ->
          entry.location().equals("MESH_INTERNAL");
    };
  }

  private static boolean isAmbient(Topology topology, String namespace) {
    return topology
        .namespaceLabel(namespace, Keys.DATAPLANE_MODE)
        .filter("ambient"::equals)
        .isPresent();
  }

  private static Finding finding(Topology topology, Approach approach) {
    Gateway gateway = approach.leg().gateway();
    ResourceRef namespace = Waypointed.namespace(gateway.namespace());
    return Finding.at(FieldPath.NAMESPACE)
        .says(
            "ztunnel does not capture the Pods of %s in %s: it sends to this host in clear, past"
                + " every waypoint",
            gateway.ref().spoken(), namespace.spoken())
        .because(
            "kgateway does not speak HBONE itself; the ztunnel of its node does, if it captures the"
                + " proxy's Pods. Without it there is no mTLS, no waypoint and no traffic"
                + " distribution by ztunnel, and a STRICT PeerAuthentication resets the"
                + " connection.")
        .fix("%s", fix(topology, gateway, namespace))
        .about(gateway)
        .with(namespace)
        .with(approach.leg().routes().getFirst())
        .fact("path P1");
  }

  private static String fix(Topology topology, Gateway gateway, ResourceRef namespace) {
    if ("none".equals(gateway.infrastructureLabels().get(Keys.DATAPLANE_MODE))) {
      return "remove the label `istio.io/dataplane-mode: none` below spec.infrastructure of %s"
          .formatted(gateway.ref().spoken());
    }
    return isAmbient(topology, gateway.namespace())
        ? "see why the Pods are not captured although the Namespace is in ambient, for example a"
            + " label `istio.io/dataplane-mode: none` on them"
        : "label %s `istio.io/dataplane-mode: ambient`".formatted(namespace.spoken());
  }
}
