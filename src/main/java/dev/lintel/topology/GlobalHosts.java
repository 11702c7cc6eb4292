package dev.lintel.topology;

import dev.lintel.mesh.HostName;
import dev.lintel.resource.NamespacedName;
import dev.lintel.resource.Service;
import java.util.Optional;

/** Reads global hosts: {@code <name>.<namespace>.<domain>} (docs/domain.md, 5.3 and 5.4). */
final class GlobalHosts {

  private GlobalHosts() {}

  static Optional<HostName> of(Topology topology, Service service) {
    Peering peering = topology.peering();
    boolean isKnown = peering.domainKnown().isYes() || peering.segmentName().isEmpty();
    return isKnown && topology.scopes().isPeered(service)
        ? Optional.of(peering.globalHost(service.namespace(), service.name()))
        : Optional.empty();
  }

  static Optional<NamespacedName> name(Topology topology, Indexes indexes, HostName host) {
    return topology.entriesWithHost(host).stream()
        .flatMap(entry -> topology.scopes().parentOf(entry).stream())
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
