package dev.lintel.rule.serviceentry;

import dev.lintel.mesh.HostName;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.Route.BackendRef;
import dev.lintel.resource.Service;
import dev.lintel.resource.ServiceEntry;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Subject;
import dev.lintel.topology.Backend;
import dev.lintel.topology.RouteReference;
import dev.lintel.topology.RouteReference.Standing;
import dev.lintel.topology.Topology;
import dev.lintel.topology.WaypointBinding;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everyone who defines one host of an entry, written in the same way, and who of the gateways asks
 * for it.
 *
 * @param entry the entry that is judged
 * @param host its host
 * @param entries every entry with the host, oldest first; the judged one is among them
 * @param service the Service with the host; one of type ExternalName is not in the registry
 * @param asking the references by host of routes at kgateway Gateways whose controller may read
 *     entries
 */
record Owners(
    ServiceEntry entry,
    Subject.Host host,
    List<ServiceEntry> entries,
    Optional<Service> service,
    List<Asking> asking) {

  /**
   * A reference by host. kgateway looks for host and port, among the entries it makes backends of.
   *
   * @param gateway a Gateway that serves its route
   * @param ref the reference
   * @param taken the entry it leads to
   */
  record Asking(Gateway gateway, BackendRef ref, ServiceEntry taken) {
    /** Tells whether it would lead to an entry that stood alone. */
    boolean means(ServiceEntry entry) {
      return !entry.isPassthrough()
          && entry.hosts().contains(ref.name())
          && ref.port().filter(entry::hasPort).isPresent();
    }
  }

  static Owners of(Topology topology, ServiceEntry entry, Subject.Host host) {
    List<Backend> backends =
        topology.backendsWithHost(host.backend().host()).stream()
            .filter(backend -> backend.canonicalHost().equals(host.backend().canonicalHost()))
            .toList();
    return new Owners(
        entry,
        host,
        backends.stream().flatMap(Owners::entry).toList(),
        backends.stream()
            .flatMap(Owners::service)
            .filter(service -> !service.isExternalName())
            .findFirst(),
        asking(topology, host.backend().host()));
  }

  WaypointBinding waypoint() {
    return host.waypoint();
  }

  /** Returns the host as it is written. */
  String written() {
    return host.backend().canonicalHost();
  }

  /** Returns where the host is written. */
  FieldPath field() {
    return Entries.fieldOf(entry, host.backend());
  }

  boolean isMe(ServiceEntry other) {
    return other.key().equals(entry.key());
  }

  /** Returns the entry that istiod keeps for a namespace: the oldest. */
  Optional<ServiceEntry> entryIn(String namespace) {
    return entries.stream().filter(other -> other.namespace().equals(namespace)).findFirst();
  }

  /**
   * Returns the entry that a waypoint takes for the host: the one of its namespace, else the
   * oldest; none if that is the Service.
   */
  Optional<ServiceEntry> entryAt(Gateway waypoint) {
    Optional<ServiceEntry> local =
        service.filter(found -> found.namespace().equals(waypoint.namespace())).isPresent()
            ? Optional.empty()
            : entryIn(waypoint.namespace());
    return service.isPresent() ? local : local.or(() -> entries.stream().findFirst());
  }

  private static List<Asking> asking(Topology topology, HostName host) {
    return topology.ingress().referencesToHost(host).stream()
        .filter(reference -> reference.standing() == Standing.RESOLVED)
        .flatMap(reference -> asking(topology, host, reference))
        .distinct()
        .toList();
  }

  private static Stream<Asking> asking(Topology topology, HostName host, RouteReference reference) {
    return topology.ingress().entryServing(host, reference.ref()).stream()
        .flatMap(
            taken ->
                reference.gateways().stream()
                    .filter(gateway -> mayReadEntries(topology, gateway))
                    .map(gateway -> new Asking(gateway, reference.ref(), taken)));
  }

  private static boolean mayReadEntries(Topology topology, Gateway gateway) {
    return topology
        .ingress()
        .kgatewayOf(gateway)
        .filter(kgateway -> !kgateway.istioIntegration().isNo())
        .isPresent();
  }

  private static Stream<ServiceEntry> entry(Backend backend) {
    return backend instanceof Backend.OfEntry(var entry, var host, var written)
        ? Stream.of(entry)
        : Stream.of();
  }

  private static Stream<Service> service(Backend backend) {
    return backend instanceof Backend.OfService(var service, var host)
        ? Stream.of(service)
        : Stream.of();
  }
}
