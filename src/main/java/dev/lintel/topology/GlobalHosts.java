package dev.lintel.topology;

import dev.lintel.mesh.HostName;
import dev.lintel.mesh.Keys;
import dev.lintel.resource.NamespacedName;
import dev.lintel.resource.Segment;
import dev.lintel.resource.Service;
import java.util.Optional;

/** Reads global hosts: {@code <name>.<namespace>.<domain>} (docs/domain.md, 5.3 and 5.4). */
final class GlobalHosts {

  /** What a cluster without a Segment is called where it has to be called something. */
  private static final String DEFAULT_SEGMENT = "default";

  private GlobalHosts() {}

  static Optional<HostName> of(Topology topology, Service service) {
    return ServiceScopes.isPeered(topology, service)
        ? ownDomain(topology)
            .map(domain -> new HostName(service.name() + "." + service.namespace() + "." + domain))
        : Optional.empty();
  }

  /** A Segment's domain takes the place of the global one. */
  private static Optional<String> ownDomain(Topology topology) {
    Optional<String> segment =
        topology
            .namespaceLabel(topology.platform().rootNamespace(), Keys.SEGMENT)
            .filter(name -> !name.isEmpty() && !name.equals(DEFAULT_SEGMENT));
    return segment.isEmpty()
        ? Optional.of(topology.platform().globalDomain())
        : segment
            .flatMap(topology::segment)
            .map(Segment::domain)
            .filter(domain -> !domain.isEmpty());
  }

  static Optional<NamespacedName> name(Topology topology, Indexes indexes, HostName host) {
    return indexes
        .entriesByHost()
        .find(host)
        .sorted(Ages.oldestFirst())
        .flatMap(entry -> topology.parentOf(entry).stream())
        .findFirst()
        .or(() -> written(topology, indexes, host));
  }

  private static Optional<NamespacedName> written(
      Topology topology, Indexes indexes, HostName host) {
    String[] labels = host.value().split("\\.", 3);
    if (labels.length < 3 || host.isWildcard() || labels[0].isEmpty() || labels[1].isEmpty()) {
      return Optional.empty();
    }
    HostName domain = new HostName(labels[2]);
    boolean isGlobal =
        domain.equals(new HostName(topology.platform().globalDomain()))
            || indexes.segmentsByDomain().find(domain).findAny().isPresent();
    return isGlobal ? Optional.of(new NamespacedName(labels[1], labels[0])) : Optional.empty();
  }
}
