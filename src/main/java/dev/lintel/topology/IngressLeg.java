package dev.lintel.topology;

import dev.lintel.mesh.Fact;
import dev.lintel.mesh.Kgateway;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.Route;
import java.util.List;
import java.util.function.Predicate;

/**
 * A kgateway Gateway that has routes to a host, and the path its requests take.
 *
 * @param gateway the Gateway
 * @param kgateway what is known of its controller
 * @param routes the routes that lead to the host: those that are known to be served first, then by
 *     namespace and name; never empty
 * @param served whether one of them is served: known to be, or unknown, for a reason
 * @param captured whether ztunnel captures the Gateway's Pods
 * @param paths the path, or the possible paths where a fact is unknown; never empty
 */
public record IngressLeg(
    Gateway gateway,
    Kgateway kgateway,
    List<Route> routes,
    Fact served,
    Fact captured,
    List<IngressPath> paths) {

  /** Copies the collections, so that the record is immutable. */
  public IngressLeg {
    routes = List.copyOf(routes);
    paths = List.copyOf(paths);
  }

  /**
   * Tells whether requests come and a condition holds on their path, whatever the unknown facts
   * turn out to be.
   */
  public boolean certainly(Predicate<IngressPath> condition) {
    return served.isYes() && paths.stream().allMatch(condition);
  }

  /** Tells whether the path rests on what is assumed, for manifests do not say it. */
  public boolean isAssumed() {
    return captured.isAssumed() || possibly(IngressLeg::leadsToAssumed);
  }

  private static boolean leadsToAssumed(IngressPath path) {
    return path instanceof IngressPath.ThroughWaypoint(var waypoint)
        && Waypoints.programmed(waypoint).isAssumed();
  }

  /** Tells whether a condition may hold on the path. */
  public boolean possibly(Predicate<IngressPath> condition) {
    return paths.stream().anyMatch(condition);
  }
}
