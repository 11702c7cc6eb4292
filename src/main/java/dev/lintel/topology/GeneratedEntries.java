package dev.lintel.topology;

import dev.lintel.mesh.HostName;
import dev.lintel.mesh.Keys;
import dev.lintel.mesh.TrafficDistribution;
import dev.lintel.resource.Metadata;
import dev.lintel.resource.Resource;
import dev.lintel.resource.Service;
import dev.lintel.resource.ServiceEntry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells what peering generates for a Service: its labels and annotations are copied, those of its
 * Namespace are not (docs/domain.md, 5.3). The snapshot's entry would lag behind the Service.
 */
final class GeneratedEntries {

  private GeneratedEntries() {}

  static Backend backendOf(Topology topology, Service service) {
    GlobalService global = topology.scopes().globalService(service.key());
    HostName host = global.host();
    Optional<Metadata> existing =
        global.generated().stream()
            .filter(entry -> entry.hosts().contains(host.value()))
            .map(ServiceEntry::metadata)
            .findFirst();
    Metadata metadata =
        new Metadata(
            topology.platform().rootNamespace(),
            existing.map(Metadata::name).orElseGet(() -> name(topology, service)),
            labels(service),
            annotations(service),
            existing.map(Metadata::created).orElse(Metadata.NOT_YET),
            false,
            List.of());
    return new Backend.OfEntry(entry(metadata, service, host), host, host.value());
  }

  private static ServiceEntry entry(Metadata metadata, Service service, HostName host) {
    return new ServiceEntry(
        metadata,
        List.of(host.value()),
        List.of(),
        Optional.empty(),
        service.ports().stream()
            .map(port -> new ServiceEntry.Port(port.number(), port.name(), "", 0))
            .toList(),
        "MESH_EXTERNAL",
        "STATIC",
        List.of(),
        Optional.of(service.selector()),
        List.of());
  }

  private static String name(Topology topology, Resource service) {
    String segment = topology.peering().segmentName().map(name -> name + ".").orElse("");
    return "autogen." + segment + service.namespace() + "." + service.name();
  }

  /** The waypoint is the Service's: it is looked for where the Service would find it. */
  private static Map<String, String> labels(Service service) {
    Map<String, String> labels = new HashMap<>(service.metadata().labels());
    if (labels.containsKey(Keys.USE_WAYPOINT)) {
      labels.putIfAbsent(Keys.USE_WAYPOINT_NAMESPACE, service.namespace());
    }
    labels.put(Keys.PARENT_SERVICE, service.name());
    labels.put(Keys.PARENT_SERVICE_NAMESPACE, service.namespace());
    return labels;
  }

  /** The field counts where there is no annotation, and peering has a default of its own. */
  private static Map<String, String> annotations(Service service) {
    Map<String, String> annotations = new HashMap<>(service.metadata().annotations());
    annotations.putIfAbsent(
        Keys.TRAFFIC_DISTRIBUTION,
        service.trafficDistribution().orElse(TrafficDistribution.PREFER_NETWORK.spelling()));
    return annotations;
  }
}
