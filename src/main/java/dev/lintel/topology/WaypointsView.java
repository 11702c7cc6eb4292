package dev.lintel.topology;

import dev.lintel.mesh.Fact;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.Gateway.NamespacePolicy;
import dev.lintel.resource.MeshConfig;
import dev.lintel.resource.Route;
import dev.lintel.resource.Service;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Tells which waypoint a backend has, what a Gateway does as one, and where the routes of the mesh
 * send what comes to it (docs/domain.md, 2.1 and 3.2).
 */
public final class WaypointsView {

  private final Topology topology;
  private final Indexes indexes;
  private final Answers answers;

  WaypointsView(Topology topology, Indexes indexes, Answers answers) {
    this.topology = topology;
    this.indexes = indexes;
    this.answers = answers;
  }

  /** Tells how istiod binds a backend to a waypoint (docs/domain.md, 3.2). */
  public WaypointBinding of(Backend backend) {
    return Waypoints.bind(topology, backend);
  }

  /**
   * Returns the mesh routes for requests to a Service: it is their parent; by namespace and name.
   */
  public List<Route> meshRoutesOf(Service service) {
    return Oldest.of(
            indexes.routesByParentService().find(service.key()),
            Limits.ROUTES,
            answers,
            "routes have the parent " + service.ref().spoken())
        .stream()
        .sorted(Routes.ORDER)
        .toList();
  }

  /** Returns the mesh routes that send traffic to a backend: their parents are Services. */
  public List<Route> meshRoutesTo(Backend backend) {
    return topology.ingress().routesTo(backend).stream().filter(Routes::isMeshRoute).toList();
  }

  /**
   * Returns the backends that routes of the mesh send a backend's requests to, in no order: its
   * waypoint has a cluster for each (docs/domain.md, 2.1).
   */
  public Stream<Backend> meshDestinationsOf(Backend backend) {
    return answers
        .once(
            new Question.OfDestinations(backend),
            () -> MeshRoutes.destinationsOf(topology, indexes, backend).toList())
        .stream();
  }

  /**
   * Tells which traffic a waypoint serves: {@code service}, {@code workload}, {@code all}, {@code
   * none}.
   */
  public String trafficOf(Gateway waypoint) {
    return Waypoints.trafficOf(topology, waypoint);
  }

  /** Returns the second waypoint that a backend names, usable or not (docs/domain.md, 3.2). */
  public Optional<CanaryWaypoint> canaryOf(Backend backend) {
    return CanaryWaypoint.of(topology, backend);
  }

  /**
   * Returns the waypoints with a cluster for a backend that requests reach: its own and the second
   * one that are bound, and those of hosts whose mesh routes send to it (docs/domain.md, 2.1 and
   * 8.3). Its own do not count where it has no address.
   */
  public Set<Gateway> reaching(Backend backend) {
    return RuleReaders.boundOrCalling(topology, backend);
  }

  /**
   * Tells whether a waypoint is an Envoy that istiod configures: those of other makes read no
   * DestinationRule (docs/domain.md, 2.2).
   */
  public boolean isEnvoyOfIstiod(Gateway waypoint) {
    return topology
        .gatewayClass(waypoint.className())
        .map(found -> found.controllerName().equals("istio.io/mesh-controller"))
        .orElseGet(() -> waypoint.className().equals("istio-waypoint"));
  }

  /**
   * Returns to whom istiod tells of the ServiceEntries of a namespace (docs/domain.md, 6.2).
   *
   * @return empty if it hangs on labels of a Namespace that is not known
   */
  public Optional<MeshConfig.Visibility> visibilityOfEntriesIn(String namespace) {
    return EntryVisibilities.of(topology, namespace);
  }

  /** Returns which namespaces a waypoint lets attach, as istiod reads it (docs/domain.md, 3.2). */
  public NamespacePolicy attachmentPolicyOf(Gateway waypoint) {
    return Waypoints.attachmentPolicy(topology, waypoint);
  }

  /**
   * Tells whether a Gateway, of whatever class, has a listener or a binding for what ztunnel sends
   * to a waypoint (docs/domain.md, 3.2).
   */
  public boolean takesMeshTraffic(Gateway gateway) {
    return Waypoints.takesMeshTraffic(topology, gateway);
  }

  /** Tells whether a controller has given a Gateway an address: known, or assumed. */
  public Fact isProgrammed(Gateway gateway) {
    return Waypoints.programmed(gateway);
  }
}
