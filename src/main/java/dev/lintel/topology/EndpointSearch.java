package dev.lintel.topology;

import dev.lintel.mesh.Fact;
import dev.lintel.resource.EndpointSlice;
import dev.lintel.resource.LabelSelector;
import dev.lintel.resource.NamespacedName;
import dev.lintel.resource.Pod;
import dev.lintel.resource.Service;
import dev.lintel.resource.ServiceEntry;
import dev.lintel.resource.WorkloadEntry;
import dev.lintel.topology.Endpoints.Endpoint;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the endpoints of a backend as one reader sees them (docs/domain.md, 1.4 and 4.3). */
final class EndpointSearch {

  private final Topology topology;
  private final EndpointReader reader;
  private final Places places;

  EndpointSearch(Topology topology, EndpointReader reader) {
    this.topology = topology;
    this.reader = reader;
    this.places = new Places(topology, reader);
  }

  Endpoints of(Backend backend) {
    topology.work(1);
    return switch (backend) {
      case Backend.OfService(var service, var host) -> ofService(service);
      case Backend.OfEntry(var entry, var host, var written) -> ofEntry(entry);
    };
  }

  /** kgateway reads the slices of this cluster, whoever else answers for the Service. */
  private Endpoints ofService(Service service) {
    Endpoints local = ofCluster(service);
    if (reader.isKgateway()) {
      return local;
    }
    if (ServiceScopes.isGlobalUpstream(service.metadata())) {
      return new Endpoints(
          local.known(), Fact.unknown("istiod may know endpoints in other clusters"));
    }
    return ServiceScopes.takesOver(topology, service)
        ? withRemote(local, topology.globalService(service.key()))
        : local;
  }

  private Endpoints ofCluster(Service service) {
    List<EndpointSlice.Endpoint> sliced = ofOneFamily(service);
    List<Pod> pods =
        topology
            .podsIn(service.namespace())
            .peek(pod -> topology.work(1))
            .filter(pod -> selects(service, pod))
            .toList();
    if (sliced.isEmpty()) {
      boolean isSliced = topology.endpointSlicesOf(service).findAny().isPresent();
      return new Endpoints(
          isSliced ? List.of() : pods.stream().map(this::ofPod).toList(),
          isSliced
              ? Fact.yes()
              : Fact.unknown("no EndpointSlice of %s is known".formatted(service.ref().spoken())));
    }
    Map<String, Deque<Pod>> byNode =
        pods.stream()
            .collect(
                Collectors.groupingBy(Pod::nodeName, Collectors.toCollection(ArrayDeque::new)));
    return new Endpoints(
        sliced.stream()
            .map(
                endpoint ->
                    ofSliced(
                        endpoint, next(byNode, endpoint.nodeName()).or(() -> next(byNode, ""))))
            .toList(),
        Fact.yes());
  }

  private static Optional<Pod> next(Map<String, Deque<Pod>> byNode, String node) {
    return Optional.ofNullable(byNode.get(node)).map(Deque::poll);
  }

  /** A Service of two address families has each Pod twice; with as many of both, IPv4 counts. */
  private List<EndpointSlice.Endpoint> ofOneFamily(Service service) {
    Map<String, List<EndpointSlice.Endpoint>> byFamily =
        topology
            .endpointSlicesOf(service)
            .collect(
                Collectors.groupingBy(
                    EndpointSlice::addressType,
                    TreeMap::new,
                    Collectors.flatMapping(this::endpointsOf, Collectors.toList())));
    return byFamily.values().stream()
        .reduce((first, second) -> second.size() > first.size() ? second : first)
        .orElse(List.of());
  }

  private Stream<EndpointSlice.Endpoint> endpointsOf(EndpointSlice slice) {
    topology.work(1 + slice.endpoints().size());
    return slice.endpoints().stream();
  }

  private Endpoint ofSliced(EndpointSlice.Endpoint endpoint, Optional<Pod> pod) {
    Optional<Map<String, String>> labels = pod.map(found -> found.metadata().labels());
    return new Endpoint(
        places.ofEndpoint(endpoint, labels.orElse(Map.of())), endpoint.ready(), labels);
  }

  private Endpoint ofPod(Pod pod) {
    return new Endpoint(places.ofPod(pod), true, Optional.of(pod.metadata().labels()));
  }

  private Endpoints ofEntry(ServiceEntry entry) {
    topology.work(entry.endpoints().size());
    List<Endpoint> written =
        entry.endpoints().stream()
            .map(
                found ->
                    new Endpoint(
                        places.ofWorkload(found.network(), found.locality(), found.labels()),
                        true,
                        Optional.of(found.labels())))
            .toList();
    if (!entry.resolution().equals("STATIC")) {
      return new Endpoints(
          written,
          Fact.unknown("resolution %s leaves the endpoints open".formatted(entry.resolution())));
    }
    if (entry.workloadSelector().isEmpty()) {
      return new Endpoints(written, Fact.yes());
    }
    return topology
        .parentOf(entry)
        .map(this::ofGenerated)
        .orElseGet(() -> ofSelector(entry, entry.workloadSelector().get()));
  }

  /**
   * The entry of a global service stands in the root namespace, where it selects none of the Pods:
   * open source kgateway finds no endpoint for it.
   */
  private Endpoints ofGenerated(NamespacedName parent) {
    if (reader == EndpointReader.KGATEWAY) {
      return new Endpoints(List.of(), Fact.yes());
    }
    Endpoints local =
        topology
            .service(parent.namespace(), parent.name())
            .filter(service -> ServiceScopes.isPeered(topology, service))
            .map(this::ofCluster)
            .orElseGet(() -> new Endpoints(List.of(), Fact.yes()));
    return withRemote(local, topology.globalService(parent));
  }

  private Endpoints withRemote(Endpoints local, GlobalService global) {
    List<Endpoint> all = new ArrayList<>(local.known());
    global.workloads().stream().map(this::ofWorkload).forEach(all::add);
    Fact complete =
        global.exportedElsewhere().isUnknown()
            ? Fact.unknown("endpoints in other clusters are not known")
            : local.complete();
    return new Endpoints(all, complete);
  }

  private Endpoints ofSelector(ServiceEntry entry, Map<String, String> selector) {
    List<Endpoint> workloads =
        topology
            .workloadEntries(entry.namespace(), selector)
            .peek(found -> topology.work(1))
            .map(this::ofWorkload)
            .toList();
    Stream<Endpoint> pods =
        topology
            .podsIn(entry.namespace())
            .filter(pod -> LabelSelector.containsAll(pod.metadata().labels(), selector))
            .map(this::ofPod);
    return new Endpoints(
        Stream.concat(workloads.stream(), pods).toList(),
        workloads.isEmpty()
            ? Fact.unknown("the Pods that %s selects are not known".formatted(entry.ref().spoken()))
            : Fact.yes());
  }

  private Endpoint ofWorkload(WorkloadEntry entry) {
    return new Endpoint(
        places.ofWorkload(entry.network(), entry.locality(), entry.labels()),
        true,
        Optional.of(entry.labels()));
  }

  private static boolean selects(Service service, Pod pod) {
    return !service.selector().isEmpty()
        && LabelSelector.containsAll(pod.metadata().labels(), service.selector());
  }
}
