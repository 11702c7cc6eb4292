package dev.lintel.topology;

import dev.lintel.mesh.HostName;
import dev.lintel.resource.NamespacedName;
import dev.lintel.resource.Route.BackendRef;
import dev.lintel.resource.Service;
import dev.lintel.resource.ServiceEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds backends by host. */
final class Hosts {

  private Hosts() {}

  /**
   * Returns the Service that has the host, if it is one's, and the ServiceEntries that define it.
   */
  static List<Backend> backends(Topology topology, HostName host) {
    List<Backend> backends = new ArrayList<>();
    service(topology, host).map(topology::backendOf).ifPresent(backends::add);
    topology.entriesWithHost(host).stream()
        .map(entry -> backend(topology, entry, host))
        .forEach(backends::add);
    return backends;
  }

  /**
   * Returns the backends that a host, which may be a wildcard, covers: at most {@code limit}.
   * Wildcards are resolved for the Services of one namespace or of all, and for the ServiceEntries
   * with a host below them.
   */
  static List<Backend> covered(Topology topology, Indexes indexes, HostName host, int limit) {
    if (!host.isWildcard()) {
      return topology.backendsWithHost(host).stream().limit(limit).toList();
    }
    Stream<Backend> services = servicesBelow(topology, host).map(topology::backendOf);
    Stream<Backend> entries =
        entriesBelow(topology, indexes, host)
            .limit(limit)
            .sorted(Ages.oldestFirst())
            .flatMap(entry -> topology.backendsOf(entry).stream());
    return Stream.concat(entries, services)
        .filter(backend -> host.covers(backend.host()))
        .limit(limit)
        .toList();
  }

  private static Stream<ServiceEntry> entriesBelow(
      Topology topology, Indexes indexes, HostName wildcard) {
    return wildcard.value().equals("*")
        ? topology.serviceEntries()
        : Stream.concat(
                indexes.entriesByHost().find(wildcard), indexes.entriesByWildcard().find(wildcard))
            .distinct();
  }

  private static Stream<Service> servicesBelow(Topology topology, HostName wildcard) {
    String domain = ".svc." + topology.platform().clusterDomain();
    String suffix = wildcard.value().substring(1);
    if (suffix.isEmpty() || domain.endsWith(suffix)) {
      return topology.services();
    }
    if (!suffix.endsWith(domain)) {
      return Stream.empty();
    }
    String namespace = suffix.substring(1, suffix.length() - domain.length());
    return topology.servicesIn(namespace);
  }

  /**
   * Returns the entry that kgateway takes for a reference by host: the oldest with the port, of
   * those that it makes a backend of (docs/domain.md, 4.5).
   */
  static Optional<ServiceEntry> servedBy(Topology topology, HostName host, BackendRef ref) {
    return topology
        .answers()
        .once(
            new Question.OfServer(ref.name(), ref.port(), false),
            () ->
                entriesWriting(topology, host, ref).stream()
                    .peek(entry -> topology.work(1 + entry.ports().size() / 8))
                    .filter(entry -> !entry.isPassthrough())
                    .filter(entry -> ref.port().filter(entry::hasPort).isPresent())
                    .findFirst());
  }

  /**
   * Returns the entry that a reference by host means: the one that serves it, else one that comes
   * close.
   */
  static Optional<ServiceEntry> meantBy(Topology topology, HostName host, BackendRef ref) {
    return topology
        .answers()
        .once(
            new Question.OfServer(ref.name(), ref.port(), true),
            () -> servedBy(topology, host, ref).or(() -> closeTo(topology, host, ref)));
  }

  private static Optional<ServiceEntry> closeTo(Topology topology, HostName host, BackendRef ref) {
    List<ServiceEntry> entries = entriesWriting(topology, host, ref);
    return entries.stream()
        .filter(entry -> ref.port().filter(entry::hasPort).isPresent())
        .findFirst()
        .or(() -> entries.stream().findFirst());
  }

  /** Returns the entries that write a host as a reference does, oldest first. */
  static List<ServiceEntry> entriesWriting(Topology topology, HostName host, BackendRef ref) {
    HostName written = new HostName(ref.name());
    return written.folded().equals(host.folded()) ? topology.entriesWithHost(written) : List.of();
  }

  private static Optional<Service> service(Topology topology, HostName host) {
    return serviceName(topology, host)
        .flatMap(name -> topology.service(name.namespace(), name.name()));
  }

  /** Returns the name of the Service that a host in the cluster's domain is for. */
  static Optional<NamespacedName> serviceName(Topology topology, HostName host) {
    String domain = ".svc." + topology.platform().clusterDomain();
    if (!host.value().endsWith(domain)) {
      return Optional.empty();
    }
    String rest = host.value().substring(0, host.value().length() - domain.length());
    int dot = rest.indexOf('.');
    return dot < 0
        ? Optional.empty()
        : Optional.of(new NamespacedName(rest.substring(dot + 1), rest.substring(0, dot)));
  }

  private static Backend backend(Topology topology, ServiceEntry entry, HostName host) {
    String written =
        topology
            .answers()
            .once(new Question.OfHosts(entry.key()), () -> written(topology, entry))
            .getOrDefault(host, host.value());
    return new Backend.OfEntry(entry, host, written);
  }

  /** Returns how an entry writes its hosts. */
  private static Map<HostName, String> written(Topology topology, ServiceEntry entry) {
    topology.work(entry.hosts().size());
    Map<HostName, String> written = new HashMap<>();
    entry.hosts().forEach(host -> written.putIfAbsent(new HostName(host), host));
    return written;
  }
}
