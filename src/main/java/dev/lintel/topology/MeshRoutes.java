package dev.lintel.topology;

import dev.lintel.mesh.HostName;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.Route;
import dev.lintel.resource.VirtualService;
import java.util.List;
import java.util.stream.Stream;

/**
 * Follows the routes of the mesh between hosts: HTTPRoutes and the like with a Service as parent,
 * and VirtualServices. The waypoint of the one has a cluster for the other (docs/domain.md, 2.1).
 */
final class MeshRoutes {

  private MeshRoutes() {}

  /**
   * A host whose requests a route sends elsewhere.
   *
   * @param namespace the route's
   */
  record Caller(Backend backend, String namespace) {

    /**
     * Tells whether a waypoint of the host takes the route: only from its own namespace or the
     * host's. What others write is for their own calls (docs/domain.md, 2.1).
     */
    boolean isTakenBy(Gateway waypoint) {
      return namespace.equals(waypoint.namespace()) || namespace.equals(backend.namespace());
    }
  }

  /** Returns the backends whose requests some mesh route sends to this one, in no order. */
  static List<Caller> callersOf(Topology topology, Backend backend) {
    return topology
        .answers()
        .once(new Question.OfCallers(backend), () -> findCallers(topology, backend).toList());
  }

  private static Stream<Caller> findCallers(Topology topology, Backend backend) {
    Stream<Caller> byRoute =
        topology.waypoints().meshRoutesTo(backend).stream()
            .flatMap(route -> parentsOf(topology, route));
    Stream<Caller> byVirtualService =
        topology
            .virtualServicesTo(backend.host())
            .filter(VirtualService::isForMesh)
            .flatMap(service -> hostsOf(topology, service));
    return Stream.concat(byRoute, byVirtualService).distinct();
  }

  private static Stream<Caller> parentsOf(Topology topology, Route route) {
    return route.parents().stream()
        .filter(Route.ParentRef::isService)
        .flatMap(parent -> topology.service(parent.namespace(), parent.name()).stream())
        .map(parent -> new Caller(topology.backendOf(parent), route.namespace()));
  }

  private static Stream<Caller> hostsOf(Topology topology, VirtualService service) {
    return service.hosts().stream()
        .map(host -> resolve(topology, service, host))
        .filter(HostName::isHost)
        .flatMap(host -> topology.backendsWithHost(host).stream())
        .map(found -> new Caller(found, service.namespace()));
  }

  /** Returns the backends that mesh routes send this one's requests to, in no order. */
  static Stream<Backend> destinationsOf(Topology topology, Indexes indexes, Backend backend) {
    Stream<Backend> byRoute =
        backend instanceof Backend.OfService(var service, var host)
            ? Oldest.of(
                    indexes.routesByParentService().find(service.key()),
                    Limits.ROUTES,
                    topology.answers(),
                    "routes have the parent " + service.ref().spoken())
                .stream()
                .flatMap(route -> keys(topology, route))
                .distinct()
                .flatMap(key -> backends(topology, key))
            : Stream.empty();
    Stream<Backend> byVirtualService =
        topology
            .virtualServicesCovering(backend.host())
            .filter(VirtualService::isForMesh)
            .flatMap(service -> destinations(topology, service))
            .filter(HostName::isHost)
            .distinct()
            .flatMap(to -> topology.backendsWithHost(to).stream());
    return Stream.concat(byRoute, byVirtualService).distinct();
  }

  private static Stream<HostName> destinations(Topology topology, VirtualService service) {
    topology.work(1 + service.destinations().size());
    return service.destinations().stream().map(to -> topology.hostOf(service, to));
  }

  private static Stream<BackendKey> keys(Topology topology, Route route) {
    topology.work(1 + route.backends().size());
    return route.backends().stream().flatMap(ref -> BackendKey.of(route, ref).stream());
  }

  private static Stream<Backend> backends(Topology topology, BackendKey key) {
    return switch (key.type()) {
      case SERVICE ->
          topology.service(key.namespace(), key.name()).stream().map(topology::backendOf);
      case SERVICE_ENTRY ->
          topology.serviceEntry(key.namespace(), key.name()).stream()
              .flatMap(entry -> topology.backendsOf(entry).stream());
      case HOSTNAME ->
          topology.backendsWithHost(new HostName(key.name())).stream()
              .filter(backend -> backend.canonicalHost().equals(key.name()));
      case ROUTE, ROUTE_LABEL, MISTYPED_NAME, MISTYPED_HOST -> Stream.empty();
    };
  }

  private static HostName resolve(Topology topology, VirtualService service, String host) {
    topology.work(1);
    return HostName.resolve(host, service.namespace(), topology.platform().clusterDomain());
  }
}
