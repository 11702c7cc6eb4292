package dev.lintel.rule.waypoint;

import dev.lintel.resource.Gateway;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.Approach;
import dev.lintel.rule.Subject.OfHosts;
import dev.lintel.topology.Backend;
import dev.lintel.topology.IngressLabels;
import dev.lintel.topology.Topology;
import dev.lintel.topology.WaypointBinding;
import dev.lintel.topology.WaypointBinding.Reason;
import java.util.stream.Stream;

/**
 * Both labels are right, and the kgateway controller does not honour them: a setting of its own is
 * off.
 *
 * <p>Restricted: {@code metadata.labels[istio.io/ingress-use-waypoint]} of Service, ServiceEntry
 * and their Namespace. Allowed: {@code true} where the controller is not known to ignore it
 * (docs/domain.md, 4.1 and 4.2).
 */
final class IngressUseWaypointSwitchedOff {

  static final Rule RULE =
      Rule.warns("WP-015", "ingress-use-waypoint-switched-off")
          .summary("The kgateway controller does not honour istio.io/ingress-use-waypoint")
          .reads(Reads.GLOBAL_INGRESS)
          .ofHosts(IngressUseWaypointSwitchedOff::judge);

  private IngressUseWaypointSwitchedOff() {}

  private static Stream<Finding> judge(Topology topology, OfHosts subject) {
    return Waypointed.oncePerGateway(subject, approach -> isIgnored(topology, approach))
        .flatMap(
            approach ->
                Waypointed.named(approach.host().waypoint()).stream()
                    .map(waypoint -> finding(approach, waypoint)));
  }

  private static boolean isIgnored(Topology topology, Approach approach) {
    return approach.leg().kgateway().ingressUseWaypoints().isNo()
        && !approach.leg().captured().isNo()
        && !isMissing(approach.host().waypoint())
        && !optsOut(approach.host().backend())
        && topology.ingress().labelIsTrueForKgateway(approach.host().backend());
  }

  /** What the object does not want, the controller need not do. */
  private static boolean optsOut(Backend backend) {
    return IngressLabels.own(backend).filter(IngressLabels::isFalseForIstiod).isPresent();
  }

  private static boolean isMissing(WaypointBinding binding) {
    return binding instanceof WaypointBinding.Unusable(var named, var level, var reason)
        && reason == Reason.MISSING;
  }

  private static Finding finding(Approach approach, Waypointed.Named waypoint) {
    Gateway gateway = approach.leg().gateway();
    String reason = approach.leg().kgateway().ingressUseWaypoints().reason();
    boolean isOwn =
        IngressLabels.own(approach.host().backend())
            .filter(IngressLabels::isTrueForKgateway)
            .isPresent();
    return Finding.at(isOwn ? Waypointed.INGRESS_USE_WAYPOINT : FieldPath.NAMESPACE)
        .says(
            "kgateway at %s does not honour `istio.io/ingress-use-waypoint` (%s): its requests"
                + " bypass waypoint %s",
            gateway.ref().spoken(), reason, waypoint.gateway().spoken())
        .because(
            "The controller reads the label only if it is configured to. It is not, so it keeps"
                + " sending to the addresses of the Pods, and for those ztunnel uses no service"
                + " waypoint: its policies do not see requests from outside, and nothing says so.")
        .fix("%s", fix(reason, approach.host().backend()))
        .about(gateway)
        .with(waypoint.gateway())
        .with(approach.leg().routes().getFirst())
        .fact("path P3");
  }

  /** Were the label honoured, a host without an address would get 503. */
  private static String fix(String reason, Backend backend) {
    String address = backend.hasVip() ? "" : "give the host an address of its own first, then ";
    return address + switchOn(reason);
  }

  private static String switchOn(String reason) {
    return reason.contains("KGW_INGRESS_USE_WAYPOINTS")
        ? "run kgateway's controller with KGW_INGRESS_USE_WAYPOINTS=true"
        : "set `waypoint.enabled: true` in kgateway's Helm values (KGW_ENABLE_WAYPOINT=true)";
  }
}
