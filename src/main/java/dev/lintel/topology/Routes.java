package dev.lintel.topology;

import dev.lintel.mesh.HostName;
import dev.lintel.mesh.Platform.ReferenceGrantMode;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.Gateway.Listener;
import dev.lintel.resource.NamespacedName;
import dev.lintel.resource.ReferenceGrant;
import dev.lintel.resource.Resource;
import dev.lintel.resource.Route;
import dev.lintel.resource.Route.BackendRef;
import dev.lintel.resource.Route.ParentRef;
import dev.lintel.resource.ServiceEntry;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Follows routes from backends to Gateways (docs/domain.md, 4.5). */
final class Routes {

  private Routes() {}

  /** Returns the routes that send to a backend and may refer to it, by namespace and name. */
  static Stream<Route> to(Indexes indexes, Backend backend, Topology topology) {
    List<BackendKey> keys = keys(topology, backend);
    return keys.stream()
        .flatMap(key -> indexes.routesByBackend().find(key))
        .distinct()
        .filter(
            route -> route.backends().stream().anyMatch(ref -> leads(topology, route, ref, keys)))
        .sorted(
            Comparator.<Route, NamespacedName>comparing(Resource::key).thenComparing(Route::kind));
  }

  /** Tells whether a route belongs to the mesh and not to a Gateway: its parent is a Service. */
  static boolean isMeshRoute(Route route) {
    return route.parents().stream().anyMatch(ParentRef::isService);
  }

  /** Returns the Gateways that a route is attached to. */
  static Stream<Gateway> gatewaysOf(Topology topology, Route route) {
    return route.parents().stream()
        .filter(ParentRef::isGateway)
        .flatMap(
            parent ->
                topology.gateway(parent.namespace(), parent.name()).stream()
                    .filter(gateway -> attaches(topology, route, parent, gateway)));
  }

  /** A reference by host reaches the oldest ServiceEntry that defines it. */
  private static List<BackendKey> keys(Topology topology, Backend backend) {
    return switch (backend) {
      case Backend.OfService(var service, var host) ->
          List.of(BackendKey.service(service.namespace(), service.name()));
      case Backend.OfEntry(var entry, var host, var written) -> {
        BackendKey byName = BackendKey.entry(entry.namespace(), entry.name());
        yield isOldest(topology, entry, host)
            ? List.of(byName, BackendKey.hostname(host.value()))
            : List.of(byName);
      }
    };
  }

  private static boolean isOldest(Topology topology, ServiceEntry entry, HostName host) {
    List<ServiceEntry> entries = topology.entriesWithHost(host);
    return entries.isEmpty() || entries.getFirst().key().equals(entry.key());
  }

  private static boolean leads(
      Topology topology, Route route, BackendRef ref, List<BackendKey> keys) {
    return BackendKey.of(route, ref).filter(keys::contains).isPresent()
        && isPermitted(topology, route, ref);
  }

  /** Tells whether a reference needs no grant, or has one. */
  static boolean isPermitted(Topology topology, Route route, BackendRef ref) {
    boolean isLocal = ref.namespace().isEmpty() || ref.namespace().equals(route.namespace());
    boolean isGlobal = ref.kind().equals("Hostname");
    boolean isOff =
        topology
            .platform()
            .referenceGrantMode()
            .filter(mode -> mode == ReferenceGrantMode.OFF)
            .isPresent();
    return isLocal
        || isGlobal
        || isOff
        || topology.grantsIn(ref.namespace()).anyMatch(grant -> grants(grant, route, ref));
  }

  private static boolean grants(ReferenceGrant grant, Route route, BackendRef ref) {
    boolean mayRefer =
        grant.from().stream()
            .anyMatch(
                from ->
                    from.group().equals(route.kind().group())
                        && from.kind().equals(route.kind().objectKind())
                        && from.namespace().equals(route.namespace()));
    return mayRefer
        && grant.to().stream()
            .anyMatch(
                to ->
                    to.group().equals(ref.group())
                        && to.kind().equals(ref.kind())
                        && (to.name().isEmpty() || to.name().equals(ref.name())));
  }

  private static boolean attaches(
      Topology topology, Route route, ParentRef parent, Gateway gateway) {
    return gateway.listeners().stream()
        .filter(
            listener ->
                parent.sectionName().isEmpty() || parent.sectionName().equals(listener.name()))
        .filter(listener -> parent.port().isEmpty() || parent.port().get() == listener.port())
        .filter(listener -> servesHostsOf(listener, route))
        .anyMatch(
            listener ->
                Waypoints.allows(
                    topology, gateway, listener.allowedNamespaces(), route.namespace()));
  }

  private static boolean servesHostsOf(Listener listener, Route route) {
    if (listener.hostname().isEmpty() || route.hostnames().isEmpty()) {
      return true;
    }
    HostName served = new HostName(listener.hostname());
    return route.hostnames().stream()
        .map(HostName::new)
        .anyMatch(host -> served.covers(host) || host.covers(served));
  }
}
