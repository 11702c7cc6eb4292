package dev.lintel.topology;

import dev.lintel.mesh.Fact;
import dev.lintel.mesh.HostName;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.NamespacedName;
import dev.lintel.resource.Resource;
import dev.lintel.resource.Route;
import dev.lintel.resource.Route.BackendRef;
import dev.lintel.resource.Route.ParentRef;
import dev.lintel.resource.ServiceEntry;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Finds the routes that send to a backend (docs/domain.md, 4.5). */
final class Routes {

  /** By namespace and name. */
  static final Comparator<Route> ORDER =
      Comparator.<Route, NamespacedName>comparing(Resource::key).thenComparing(Route::kind);

  private Routes() {}

  /** Returns the routes that send to a backend and may refer to it, by namespace and name. */
  static Stream<Route> to(Indexes indexes, Backend backend, Topology topology) {
    List<BackendKey> keys = keys(backend);
    return mentioning(indexes, topology, keys, backend.host()).stream()
        .filter(
            route ->
                route.backends().stream()
                    .anyMatch(ref -> leads(topology, route, ref, backend, keys)))
        .sorted(ORDER);
  }

  /** Returns the Gateways at which a route sends to a backend, each with whether it is served. */
  static Map<Gateway, Fact> gatewaysTo(Topology topology, Route route, Backend backend) {
    List<BackendKey> keys = keys(backend);
    List<Route.Rule> rules = route.rules();
    return topology
        .ingress()
        .gatewaysServing(
            route,
            IntStream.range(0, rules.size())
                .filter(
                    i ->
                        rules.get(i).backends().stream()
                            .anyMatch(ref -> leads(topology, route, ref, backend, keys)))
                .boxed()
                .toList());
  }

  /** Returns the routes that mention one of several keys of a host, oldest first. */
  static List<Route> mentioning(
      Indexes indexes, Topology topology, Collection<BackendKey> keys, HostName host) {
    List<Route> routes =
        Oldest.of(
            keys.stream().flatMap(key -> indexes.routesByBackend().find(key)).distinct(),
            Limits.ROUTES,
            topology.answers(),
            "routes mention " + host);
    routes.forEach(route -> topology.work(4 * route.backends().size()));
    return routes;
  }

  /** Tells whether kgateway makes no backend of a host, so that no reference leads to it. */
  static boolean isNoBackend(Backend backend) {
    return backend instanceof Backend.OfEntry of && of.entry().isPassthrough();
  }

  /** Tells whether a route belongs to the mesh and not to a Gateway: its parent is a Service. */
  static boolean isMeshRoute(Route route) {
    return route.parents().stream().anyMatch(ParentRef::isService);
  }

  /**
   * Returns how routes refer to a backend; a reference by host may still mean another ServiceEntry.
   */
  static List<BackendKey> keys(Backend backend) {
    return switch (backend) {
      case Backend.OfService(var service, var host) ->
          List.of(BackendKey.service(service.namespace(), service.name()));
      case Backend.OfEntry(var entry, var host, var written) ->
          List.of(BackendKey.entry(entry.namespace(), entry.name()), BackendKey.hostname(written));
    };
  }

  /** Returns the backends that a reference names, whether or not it may refer to them. */
  static List<Backend> named(Topology topology, Route route, BackendRef ref) {
    return BackendKey.of(route, ref).stream()
        .flatMap(
            key ->
                switch (key.type()) {
                  case SERVICE ->
                      topology.service(key.namespace(), key.name()).stream()
                          .map(topology::backendOf);
                  case SERVICE_ENTRY ->
                      topology.serviceEntry(key.namespace(), key.name()).stream()
                          .flatMap(entry -> topology.backendsOf(entry).stream());
                  case HOSTNAME ->
                      topology.backendsWithHost(new HostName(key.name())).stream()
                          .filter(backend -> backend instanceof Backend.OfEntry)
                          .filter(backend -> backend.canonicalHost().equals(key.name()))
                          .filter(backend -> isMeant(topology, backend, ref));
                  case ROUTE, ROUTE_LABEL, MISTYPED_NAME, MISTYPED_HOST -> Stream.<Backend>of();
                })
        .toList();
  }

  /** Tells whether no older ServiceEntry defines the host. */
  static boolean isOldest(Topology topology, ServiceEntry entry, HostName host) {
    List<ServiceEntry> entries = topology.entriesWithHost(host);
    return entries.isEmpty() || entries.getFirst().key().equals(entry.key());
  }

  private static boolean leads(
      Topology topology, Route route, BackendRef ref, Backend backend, List<BackendKey> keys) {
    return BackendKey.of(route, ref)
            .filter(keys::contains)
            .filter(
                key -> key.type() != BackendKey.Type.HOSTNAME || isMeant(topology, backend, ref))
            .isPresent()
        && Grants.permit(topology, route, ref);
  }

  /**
   * Tells whether a reference of a route leads to a backend, by a port that this has: kgateway
   * finds it by both. The API server asks for a port where a Service is meant.
   */
  static boolean leadsToPort(Topology topology, Route route, Backend backend) {
    List<BackendKey> keys = keys(backend);
    return route.backends().stream()
        .filter(ref -> hasPort(backend, ref))
        .anyMatch(ref -> leads(topology, route, ref, backend, keys));
  }

  /** Tells whether a backend has the port that a reference names. */
  static boolean hasPort(Backend backend, BackendRef ref) {
    return ref.port()
        .map(port -> backend.ports().contains(port))
        .orElse(backend instanceof Backend.OfService);
  }

  /** Where no entry serves a reference by host, it is taken to mean one that comes close. */
  private static boolean isMeant(Topology topology, Backend backend, BackendRef ref) {
    return Hosts.meantBy(topology, backend.host(), ref)
        .map(entry -> entry.key().equals(backend.resource().key()))
        .orElse(true);
  }
}
