package dev.lintel.rule.waypoint;

import dev.lintel.mesh.Keys;
import dev.lintel.resource.Gateway;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject;
import dev.lintel.rule.Subject.OfHosts;
import dev.lintel.topology.Topology;
import dev.lintel.topology.WaypointBinding;
import dev.lintel.topology.WaypointBinding.Level;
import dev.lintel.topology.WaypointBinding.Reason;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A Gateway that exists but cannot be the waypoint of a Service: it is an ingress, or serves other
 * traffic.
 *
 * <p>Restricted: {@code metadata.labels[istio.io/use-waypoint]} of Service, ServiceEntry and their
 * Namespace. Allowed: a Gateway for {@code service} or {@code all} traffic, of any class that is no
 * ingress or that has a listener for what ztunnel sends (docs/domain.md, 3.2 and 3.4).
 */
final class WaypointNotUsable {

  static final Rule RULE =
      Rule.warns("WP-002", "waypoint-not-usable")
          .summary("The named Gateway cannot serve as waypoint of a Service")
          .reads(Waypointed.BINDING)
          .ofHosts(WaypointNotUsable::judge);

  private WaypointNotUsable() {}

  private static Stream<Finding> judge(Topology topology, OfHosts subject) {
    return subject.hosts().stream()
        .filter(Waypointed::isConcerned)
        .map(Subject.Host::waypoint)
        .limit(1)
        .flatMap(
            binding ->
                Waypointed.gatewayOf(topology, binding)
                    .flatMap(gateway -> finding(topology, binding, gateway))
                    .stream());
  }

  private static Optional<Finding> finding(
      Topology topology, WaypointBinding binding, Gateway gateway) {
    if (Waypointed.isIngressOnly(topology, gateway)) {
      return at(binding, gateway).map(found -> ingress(found, gateway));
    }
    String traffic = topology.waypoints().trafficOf(gateway);
    return isForOtherTraffic(binding, traffic)
        ? at(binding, gateway).map(found -> otherTraffic(found, gateway, traffic))
        : Optional.empty();
  }

  /** A Namespace may name a waypoint for the traffic of its Pods: that says nothing of Services. */
  private static boolean isForOtherTraffic(WaypointBinding binding, String traffic) {
    return binding instanceof WaypointBinding.Unusable(var named, var level, var reason)
        && reason == Reason.UNSUPPORTED_TRAFFIC_TYPE
        && !(level == Level.NAMESPACE && traffic.equals("workload"));
  }

  private static Optional<Finding> at(WaypointBinding binding, Gateway gateway) {
    return Waypointed.named(binding)
        .map(named -> Finding.at(Waypointed.fieldOf(named.level())).about(gateway));
  }

  private static Finding ingress(Finding found, Gateway gateway) {
    return found
        .says(
            "%s is an ingress of class `%s` without a listener for ztunnel: it cannot be a"
                + " waypoint",
            gateway.ref().spoken(), gateway.className())
        .because(
            "istiod binds any Gateway that has an address, whatever its class. ztunnel then sends"
                + " HBONE to port 15008 of the ingress, where nothing listens. Where istiod does"
                + " not bind it, because it is in another namespace, traffic goes straight to the"
                + " Pods.")
        .fix("name a Gateway of a waypoint class, for example `istio-waypoint`");
  }

  private static Finding otherTraffic(Finding found, Gateway gateway, String traffic) {
    return found
        .says(
            "waypoint %s is for `%s` traffic and is not bound: traffic goes straight to the Pods"
                + " (fail open)",
            gateway.ref().spoken(), traffic)
        .because(
            "istiod binds Services and ServiceEntries to waypoints for `service` or `all` traffic"
                + " only. For any other %s it binds none, does not try another waypoint, and the"
                + " policies of this one are not applied.",
            Keys.WAYPOINT_FOR)
        .fix(
            "label the Gateway `istio.io/waypoint-for: service` or `all`, or name another"
                + " waypoint");
  }
}
