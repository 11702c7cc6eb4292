package dev.lintel.rule.serviceentry;

import dev.lintel.resource.Gateway;
import dev.lintel.resource.Service;
import dev.lintel.resource.ServiceEntry;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Subject;
import dev.lintel.topology.Backend;
import dev.lintel.topology.Topology;
import dev.lintel.topology.WaypointBinding;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everyone who defines one host of an entry, and who of the gateways asks for it.
 *
 * @param entry the entry that is judged
 * @param host its host
 * @param entries every entry with the host, oldest first; the judged one is among them
 * @param service the Service with the host; one of type ExternalName is not in the registry
 * @param gatewaysByHostname the kgateway Gateways with a route that names the host, and whose
 *     controller may read entries
 */
record Owners(
    ServiceEntry entry,
    Subject.Host host,
    List<ServiceEntry> entries,
    Optional<Service> service,
    List<Gateway> gatewaysByHostname) {

  static Owners of(Topology topology, ServiceEntry entry, Subject.Host host) {
    List<Backend> backends = topology.backendsWithHost(host.backend().host());
    return new Owners(
        entry,
        host,
        backends.stream().flatMap(Owners::entry).toList(),
        backends.stream()
            .flatMap(Owners::service)
            .filter(service -> !service.isExternalName())
            .findFirst(),
        gatewaysByHostname(topology, backends));
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

  /** A route by host leads to the oldest entry, whichever is judged. */
  private static List<Gateway> gatewaysByHostname(Topology topology, List<Backend> backends) {
    return backends.stream()
        .filter(Backend.OfEntry.class::isInstance)
        .findFirst()
        .map(
            oldest ->
                topology.ingressTo(oldest).stream()
                    .filter(Entries::mayReadEntries)
                    .filter(leg -> Entries.routesByHostname(leg, oldest).findAny().isPresent())
                    .map(leg -> leg.gateway())
                    .toList())
        .orElse(List.of());
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
