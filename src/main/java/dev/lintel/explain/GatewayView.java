package dev.lintel.explain;

import dev.lintel.mesh.Kgateway;
import dev.lintel.resource.ResourceRef;
import dev.lintel.topology.GatewayRole;
import java.util.List;
import java.util.Optional;

/**
 * A Gateway: what it is for, and what it serves.
 *
 * @param className its class
 * @param role what it is for
 * @param addresses its addresses; empty until a controller has programmed it, or if that is not
 *     known
 * @param programmed whether a controller has programmed it
 * @param listeners its listeners, each in words
 * @param facts what is known of its Pods and of how it treats traffic
 * @param kgateway what is known of its controller; empty if it is not kgateway's
 * @param routes the routes that it serves, by namespace and name
 * @param hosts the hosts that istiod binds to it as their waypoint, by name
 * @param cut whether more hosts are bound than were looked at
 */
public record GatewayView(
    String className,
    GatewayRole role,
    List<String> addresses,
    Statement programmed,
    List<String> listeners,
    List<Statement> facts,
    Optional<Kgateway> kgateway,
    List<ServedRoute> routes,
    List<String> hosts,
    boolean cut) {

  /** Copies the lists, so that the record is immutable. */
  public GatewayView {
    addresses = List.copyOf(addresses);
    listeners = List.copyOf(listeners);
    facts = List.copyOf(facts);
    routes = List.copyOf(routes);
    hosts = List.copyOf(hosts);
  }

  /**
   * A route that the Gateway serves.
   *
   * @param route the route
   * @param listeners the listeners that take it
   * @param targets what its references lead to
   */
  public record ServedRoute(ResourceRef route, List<String> listeners, List<Target> targets) {
    /** Copies the lists, so that the record is immutable. */
    public ServedRoute {
      listeners = List.copyOf(listeners);
      targets = List.copyOf(targets);
    }
  }
}
