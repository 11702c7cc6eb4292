package dev.lintel.topology;

import dev.lintel.resource.EndpointSlice;
import dev.lintel.resource.Pod;
import dev.lintel.resource.Service;
import dev.lintel.topology.Endpoints.Endpoint;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The endpoints that EndpointSlices give a Service. A Pod of two address families is in two slices:
 * kgateway takes every address for an endpoint, istiod each Pod once (docs/domain.md, 4.5).
 */
final class SlicedEndpoints {

  private final Topology topology;
  private final EndpointReader reader;
  private final Places places;
  private final Readiness readiness;

  SlicedEndpoints(Topology topology, EndpointReader reader, Places places, Readiness readiness) {
    this.topology = topology;
    this.reader = reader;
    this.places = places;
    this.readiness = readiness;
  }

  /**
   * Returns the endpoints in no particular order.
   *
   * @param pods the known Pods that the Service selects
   */
  List<Endpoint> of(Service service, Collection<Pod> pods) {
    Collection<List<EndpointSlice.Endpoint>> families = families(service).values();
    List<List<EndpointSlice.Endpoint>> counted =
        reader.isKgateway() ? List.copyOf(families) : eachOnce(families);
    Known known = new Known(service, pods);
    return counted.stream().flatMap(family -> ofFamily(family, known)).toList();
  }

  private Map<String, List<EndpointSlice.Endpoint>> families(Service service) {
    return topology
        .endpointSlicesOf(service)
        .filter(slice -> reader.isKgateway() || !slice.addressType().equals("FQDN"))
        .sorted(Comparator.comparing(EndpointSlice::name))
        .collect(
            Collectors.groupingBy(
                EndpointSlice::addressType,
                TreeMap::new,
                Collectors.flatMapping(this::endpointsOf, Collectors.toList())));
  }

  private Stream<EndpointSlice.Endpoint> endpointsOf(EndpointSlice slice) {
    topology.work(1 + slice.endpoints().size());
    return slice.endpoints().stream();
  }

  /**
   * A Pod counts in the first family that has it, and IPv4 is the first. What stands for no Pod
   * cannot be told apart: of that the family with the most counts.
   */
  private static List<List<EndpointSlice.Endpoint>> eachOnce(
      Collection<List<EndpointSlice.Endpoint>> families) {
    Set<String> seen = new HashSet<>();
    List<EndpointSlice.Endpoint> named = new ArrayList<>();
    List<List<EndpointSlice.Endpoint>> nameless = new ArrayList<>();
    for (List<EndpointSlice.Endpoint> family : families) {
      nameless.add(family.stream().filter(found -> found.pod().isEmpty()).toList());
      family.stream()
          .filter(found -> !found.pod().isEmpty() && seen.add(found.pod()))
          .forEach(named::add);
    }
    return List.of(
        named,
        nameless.stream()
            .max(Comparator.comparing(List<EndpointSlice.Endpoint>::size))
            .orElse(List.of()));
  }

  private Stream<Endpoint> ofFamily(List<EndpointSlice.Endpoint> family, Known known) {
    Map<String, Deque<Pod>> byNode = known.byNode();
    return family.stream()
        .flatMap(
            found ->
                Collections.nCopies(
                    reader.isKgateway() ? found.addresses() : 1, endpoint(found, known, byNode))
                    .stream());
  }

  private Endpoint endpoint(
      EndpointSlice.Endpoint found, Known known, Map<String, Deque<Pod>> byNode) {
    Optional<Pod> pod = known.podOf(found, byNode);
    Optional<Map<String, String>> labels = pod.map(named -> named.metadata().labels());
    Place place =
        known.isPodless(found)
            ? places.ofPodless(found)
            : places.ofEndpoint(found, labels.orElse(Map.of()));
    return new Endpoint(place, found.ready(), readiness.takes(found), labels);
  }

  /** The Pods of a Service that are known, by what tells which of them an endpoint stands for. */
  private final class Known {
    private final boolean hasSelector;
    private final Collection<Pod> selected;
    private final Map<String, Pod> byName = new HashMap<>();

    Known(Service service, Collection<Pod> selected) {
      this.hasSelector = !service.selector().isEmpty();
      this.selected = selected;
      topology.podsIn(service.namespace()).forEach(pod -> byName.put(pod.name(), pod));
    }

    Map<String, Deque<Pod>> byNode() {
      return selected.stream()
          .collect(Collectors.groupingBy(Pod::nodeName, Collectors.toCollection(ArrayDeque::new)));
    }

    /**
     * Who watches slices writes down which Pod an endpoint stands for; a slice that does not say
     * was cut short, and the Node tells.
     */
    Optional<Pod> podOf(EndpointSlice.Endpoint found, Map<String, Deque<Pod>> byNode) {
      return found.pod().isEmpty()
          ? next(byNode, found.nodeName()).or(() -> next(byNode, ""))
          : Optional.ofNullable(byName.get(found.pod()));
    }

    boolean isPodless(EndpointSlice.Endpoint found) {
      return found.pod().isEmpty() && !hasSelector;
    }

    private Optional<Pod> next(Map<String, Deque<Pod>> byNode, String node) {
      return Optional.ofNullable(byNode.get(node)).map(Deque::poll);
    }
  }
}
