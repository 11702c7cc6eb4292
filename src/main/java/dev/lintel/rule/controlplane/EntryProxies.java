package dev.lintel.rule.controlplane;

import dev.lintel.mesh.HostName;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.Route;
import dev.lintel.resource.ServiceEntry;
import dev.lintel.resource.VirtualService;
import dev.lintel.rule.controlplane.EntryProxy.Role;
import dev.lintel.topology.Backend;
import dev.lintel.topology.Topology;
import dev.lintel.topology.WaypointBinding;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the proxies for which istiod builds a cluster of a ServiceEntry (docs/domain.md, 2.7). */
final class EntryProxies {

  /** How many namespaces with sidecars are looked at. */
  private static final int MAX_NAMESPACES = 50;

  private EntryProxies() {}

  /** Returns them, each once, those that need no lookup of routes first. */
  static List<EntryProxy> of(Topology topology, Backend.OfEntry backend) {
    ServiceEntry entry = backend.entry();
    List<EntryProxy> known =
        Stream.of(
                serving(topology, backend),
                topology
                    .ingress()
                    .istioGateways()
                    .map(gateway -> EntryProxy.of(Role.ISTIO_GATEWAY, gateway)),
                sidecars(topology),
                routing(topology, backend))
            .flatMap(proxies -> proxies)
            .filter(proxy -> isExportedTo(entry, proxy.namespace()))
            .distinct()
            .toList();
    boolean mayHaveMore = known.isEmpty() && topology.namespace(entry.namespace()).isEmpty();
    return mayHaveMore
        ? List.of(new EntryProxy(Role.SUPPOSED_SIDECARS, entry.namespace(), Optional.empty()))
        : known;
  }

  /** Returns a backend as the host of an entry; empty if it is a Service's. */
  static Stream<Backend.OfEntry> entryHost(Backend backend) {
    return backend instanceof Backend.OfEntry host ? Stream.of(host) : Stream.empty();
  }

  /** A waypoint of another make reads no DestinationRule, or is not configured by istiod. */
  private static Stream<EntryProxy> serving(Topology topology, Backend backend) {
    return bound(topology, backend).map(waypoint -> EntryProxy.of(Role.WAYPOINT, waypoint));
  }

  private static Stream<Gateway> bound(Topology topology, Backend backend) {
    return topology.waypoints().of(backend)
                instanceof WaypointBinding.Bound(var waypoint, var level)
            && topology.waypoints().isEnvoyOfIstiod(waypoint)
        ? Stream.of(waypoint)
        : Stream.empty();
  }

  private static Stream<EntryProxy> sidecars(Topology topology) {
    return topology
        .sidecarNamespaces()
        .distinct()
        .sorted()
        .limit(MAX_NAMESPACES)
        .map(namespace -> new EntryProxy(Role.SIDECARS, namespace, Optional.empty()));
  }

  /** A waypoint takes routes from its own namespace and from that of the host it serves. */
  private static Stream<EntryProxy> routing(Topology topology, Backend backend) {
    return Stream.concat(byRoutes(topology, backend), byVirtualServices(topology, backend))
        .map(waypoint -> EntryProxy.of(Role.ROUTING_WAYPOINT, waypoint));
  }

  private static Stream<Gateway> byRoutes(Topology topology, Backend backend) {
    return topology.waypoints().meshRoutesTo(backend).stream()
        .flatMap(
            route ->
                route.parents().stream()
                    .filter(Route.ParentRef::isService)
                    .flatMap(parent -> topology.service(parent.namespace(), parent.name()).stream())
                    .map(topology::backendOf)
                    .flatMap(caller -> boundFor(topology, caller, route.namespace())));
  }

  private static Stream<Gateway> byVirtualServices(Topology topology, Backend backend) {
    return topology
        .virtualServicesTo(backend.host())
        .filter(VirtualService::isForMesh)
        .flatMap(
            service ->
                service.hosts().stream()
                    .map(host -> resolve(topology, service, host))
                    .flatMap(host -> topology.backendsWithHost(host).stream())
                    .flatMap(caller -> boundFor(topology, caller, service.namespace())));
  }

  private static Stream<Gateway> boundFor(Topology topology, Backend caller, String namespace) {
    return bound(topology, caller)
        .filter(
            waypoint ->
                namespace.equals(waypoint.namespace()) || namespace.equals(caller.namespace()));
  }

  private static HostName resolve(Topology topology, VirtualService service, String host) {
    return HostName.resolve(host, service.namespace(), topology.platform().clusterDomain());
  }

  private static boolean isExportedTo(ServiceEntry entry, String namespace) {
    List<String> exportTo = entry.exportTo();
    return exportTo.isEmpty()
        || exportTo.contains("*")
        || exportTo.contains(namespace)
        || (exportTo.contains(".") && entry.namespace().equals(namespace));
  }
}
