package dev.lintel.topology;

import dev.lintel.mesh.Keys;
import dev.lintel.resource.EndpointSlice;
import dev.lintel.resource.LabelSelector;
import dev.lintel.resource.Node;
import dev.lintel.resource.Pod;
import dev.lintel.resource.Service;
import dev.lintel.resource.ServiceEntry;
import dev.lintel.resource.WorkloadEntry;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The endpoints of a backend: those that a proxy's cluster has, in no particular order.
 *
 * @param places where each endpoint is
 * @param labels the labels of those workloads whose labels are known
 */
public record Endpoints(List<Place> places, List<Map<String, String>> labels) {

  /** Copies the lists, so that the record is immutable. */
  public Endpoints {
    places = List.copyOf(places);
    labels = labels.stream().map(Map::copyOf).toList();
  }

  /** Returns how many there are, 0 or more. */
  public int count() {
    return places.size();
  }

  /**
   * Where an endpoint is.
   *
   * @param region its region, blank if its node has none; empty if that is not known
   * @param zone its zone, blank if its node has none; empty if that is not known
   */
  public record Place(Optional<String> region, Optional<String> zone) {

    static Place of(String locality) {
      String[] parts = locality.split("/", -1);
      return new Place(Optional.of(parts[0]), Optional.of(parts.length > 1 ? parts[1] : ""));
    }
  }

  /** Returns the endpoints of a backend; empty if not all of them can be known. */
  static Optional<Endpoints> of(Topology topology, Backend backend) {
    return switch (backend) {
      case Backend.OfService(var service, var host) -> ofService(topology, service);
      case Backend.OfEntry(var entry, var host, var written) -> ofEntry(topology, entry);
    };
  }

  private static Optional<Endpoints> ofService(Topology topology, Service service) {
    if (ServiceScopes.isGlobalUpstream(service.metadata())
        || (ServiceScopes.mayBePeered(topology, service)
            && ServiceScopes.takesOver(topology, service))) {
      return Optional.empty();
    }
    List<Map<String, String>> labels =
        topology
            .podsIn(service.namespace())
            .filter(pod -> selects(service, pod))
            .map(Pod::metadata)
            .map(metadata -> metadata.labels())
            .toList();
    return ofOneFamily(topology, service)
        .map(
            found ->
                new Endpoints(
                    found.stream().map(endpoint -> place(topology, endpoint)).toList(), labels));
  }

  /** A Service of two address families has each Pod twice. */
  private static Optional<List<EndpointSlice.Endpoint>> ofOneFamily(
      Topology topology, Service service) {
    return topology
        .endpointSlicesOf(service)
        .collect(
            Collectors.groupingBy(
                EndpointSlice::addressType,
                Collectors.flatMapping(slice -> slice.endpoints().stream(), Collectors.toList())))
        .values()
        .stream()
        .max(Comparator.comparingInt(List::size));
  }

  private static Place place(Topology topology, EndpointSlice.Endpoint endpoint) {
    Optional<Node> node = topology.node(endpoint.nodeName());
    Optional<String> zone =
        endpoint.zone().isEmpty()
            ? node.map(found -> found.metadata().label(Keys.ZONE).orElse(""))
            : Optional.of(endpoint.zone());
    return new Place(node.map(found -> found.metadata().label(Keys.REGION).orElse("")), zone);
  }

  /** What a name resolves to is not known, and neither are the Pods that an entry selects. */
  private static Optional<Endpoints> ofEntry(Topology topology, ServiceEntry entry) {
    if (!entry.resolution().equals("STATIC")
        || entry.metadata().label(Keys.PARENT_SERVICE).isPresent()) {
      return Optional.empty();
    }
    if (entry.workloadSelector().isEmpty()) {
      return Optional.of(
          new Endpoints(
              entry.endpoints().stream().map(found -> Place.of(found.locality())).toList(),
              entry.endpoints().stream().map(ServiceEntry.Endpoint::labels).toList()));
    }
    List<WorkloadEntry> workloads =
        topology.workloadEntries(entry.namespace(), entry.workloadSelector().get()).toList();
    return workloads.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Endpoints(
                workloads.stream().map(found -> Place.of(found.locality())).toList(),
                workloads.stream().map(WorkloadEntry::labels).toList()));
  }

  private static boolean selects(Service service, Pod pod) {
    return !service.selector().isEmpty()
        && LabelSelector.containsAll(pod.metadata().labels(), service.selector());
  }
}
