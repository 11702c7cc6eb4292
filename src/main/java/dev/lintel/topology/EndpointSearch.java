package dev.lintel.topology;

import dev.lintel.mesh.Fact;
import dev.lintel.mesh.Since;
import dev.lintel.mesh.Version;
import dev.lintel.resource.LabelSelector;
import dev.lintel.resource.NamespacedName;
import dev.lintel.resource.Pod;
import dev.lintel.resource.Service;
import dev.lintel.resource.ServiceEntry;
import dev.lintel.resource.WorkloadEntry;
import dev.lintel.topology.Endpoints.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the endpoints of a backend as one reader sees them (docs/domain.md, 1.4 and 4.3). */
final class EndpointSearch {

  private final Topology topology;
  private final EndpointReader reader;
  private final Backend backend;
  private final Places places;
  private final Readiness readiness;

  EndpointSearch(Topology topology, EndpointReader reader, Backend backend) {
    this.topology = topology;
    this.reader = reader;
    this.backend = backend;
    this.places = new Places(topology, reader);
    this.readiness = Readiness.of(topology, reader, backend);
  }

  Endpoints find() {
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
    return topology.scopes().takesOver(service)
        ? withRemote(local, topology.scopes().globalService(service.key()))
        : local;
  }

  private Endpoints ofCluster(Service service) {
    List<Pod> pods =
        topology
            .podsIn(service.namespace())
            .peek(pod -> topology.work(1))
            .filter(pod -> selects(service, pod))
            .toList();
    if (topology.endpointSlicesOf(service).findAny().isEmpty()) {
      return new Endpoints(
          pods.stream().map(pod -> ofPod(pod, readiness.takesOfService(pod))).toList(),
          Fact.unknown("no EndpointSlice of %s is known".formatted(service.ref().spoken())));
    }
    return new Endpoints(
        new SlicedEndpoints(topology, reader, places, readiness).of(service, pods), Fact.yes());
  }

  private Endpoint ofPod(Pod pod, boolean inUse) {
    return new Endpoint(
        places.ofPod(pod), !pod.isOut(), inUse, Optional.of(pod.metadata().labels()));
  }

  private Endpoints ofEntry(ServiceEntry entry) {
    topology.work(entry.endpoints().size());
    List<Endpoint> written =
        entry.endpoints().stream()
            .map(found -> ofWorkload(found.network(), found.locality(), found.labels()))
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
        .scopes()
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
            .filter(service -> topology.scopes().isPeered(service))
            .map(this::ofCluster)
            .orElseGet(() -> new Endpoints(List.of(), Fact.yes()));
    return withRemote(local, topology.scopes().globalService(parent));
  }

  private Endpoints withRemote(Endpoints local, GlobalService global) {
    List<Endpoint> all = new ArrayList<>(local.known());
    global.workloads().stream()
        .map(found -> ofWorkload(found.network(), found.locality(), found.labels()))
        .forEach(all::add);
    Fact complete =
        global.exportedElsewhere().isUnknown()
            ? Fact.unknown("endpoints in other clusters are not known")
            : local.complete();
    return new Endpoints(all, complete);
  }

  /** An entry that names no label selects nothing at kgateway; at istiod the version decides. */
  private Endpoints ofSelector(ServiceEntry entry, Map<String, String> selector) {
    Fact selects = selector.isEmpty() ? selectsAll() : Fact.yes();
    if (selects.isNo()) {
      return new Endpoints(List.of(), Fact.yes());
    }
    List<Endpoint> workloads =
        topology
            .workloadEntries(entry.namespace(), selector)
            .peek(found -> topology.work(1))
            .filter(found -> selects(selector, found))
            .map(found -> ofWorkload(found.network(), found.locality(), found.labels()))
            .toList();
    Stream<Endpoint> pods =
        topology
            .podsIn(entry.namespace())
            .filter(pod -> selects(selector, pod))
            .map(pod -> ofPod(pod, readiness.takesOfEntry(pod)));
    return new Endpoints(
        Stream.concat(workloads.stream(), pods).toList(),
        workloads.isEmpty()
            ? Fact.unknown("the Pods that %s selects are not known".formatted(entry.ref().spoken()))
            : selects);
  }

  /**
   * Up to 1.30.4 every workload of the namespace; which patch of 1.31 stopped that is not known.
   */
  private Fact selectsAll() {
    if (reader.isKgateway()) {
      return Fact.no();
    }
    Optional<Version> version = topology.dialect().istioVersion();
    boolean isOpen =
        version.isEmpty()
            || Since.BLANK_SELECTOR_UNCERTAIN.isIn(version.get())
                && !Since.BLANK_SELECTOR_SETTLED.isIn(version.get());
    return isOpen
        ? Fact.unknown("what a selector without labels selects depends on istiod's release")
        : Fact.of(!Since.BLANK_SELECTOR_SELECTS_NOTHING.isIn(version.get()));
  }

  /** kgateway compares the labels of the metadata alone. */
  private boolean selects(Map<String, String> selector, WorkloadEntry found) {
    return !reader.isKgateway() || LabelSelector.containsAll(found.metadata().labels(), selector);
  }

  private boolean selects(Map<String, String> selector, Pod pod) {
    return reader.isKgateway()
        ? KgatewayLabels.select(topology, pod, selector).isYes()
        : LabelSelector.containsAll(pod.metadata().labels(), selector);
  }

  /** The mesh takes a workload that is no Pod for ready. */
  private Endpoint ofWorkload(String network, String locality, Map<String, String> labels) {
    return new Endpoint(
        places.ofWorkload(network, locality, labels), true, true, Optional.of(labels));
  }

  private static boolean selects(Service service, Pod pod) {
    return !service.selector().isEmpty()
        && LabelSelector.containsAll(pod.metadata().labels(), service.selector());
  }
}
