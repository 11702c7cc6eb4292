package dev.lintel.rule.controlplane;

import dev.lintel.mesh.HostName;
import dev.lintel.resource.ServiceEntry;
import dev.lintel.resource.ServiceEntry.Endpoint;
import dev.lintel.topology.Topology;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The localities in which the endpoints of a ServiceEntry lie, as istiod groups them
 * (docs/domain.md, 2.7). None is a locality of its own.
 *
 * @param names their names in alphabetical order, the empty one for none
 * @param areOfOneObject whether they all stand in the entry itself
 */
record Localities(List<String> names, boolean areOfOneObject) {

  private static final String LABEL = "istio-locality";

  /** Copies the list, so that the record is immutable. */
  Localities {
    names = List.copyOf(names);
  }

  static Localities of(Topology topology, ServiceEntry entry) {
    Set<String> own = inline(entry).collect(Collectors.toCollection(TreeSet::new));
    if (own.size() > 1) {
      return new Localities(List.copyOf(own), true);
    }
    Set<String> all = new TreeSet<>(own);
    selected(topology, entry).forEach(all::add);
    entry.hosts().stream()
        .flatMap(host -> topology.entriesWithHost(new HostName(host)).stream())
        .filter(other -> other.namespace().equals(entry.namespace()))
        .filter(other -> other.resolution().equals(entry.resolution()))
        .flatMap(other -> Stream.concat(inline(other), selected(topology, other)))
        .forEach(all::add);
    return new Localities(List.copyOf(all), false);
  }

  /** Says how many they are. */
  String counted() {
    return "%d localities".formatted(names.size());
  }

  /** Names two of them, and tells of more. */
  String spoken() {
    String first =
        names.stream()
            .map(name -> name.isEmpty() ? "none" : name)
            .limit(2)
            .collect(Collectors.joining(", "));
    return first + (names.size() > 2 ? ", ..." : "");
  }

  private static Stream<String> inline(ServiceEntry entry) {
    return entry.workloadSelector().isPresent()
        ? Stream.empty()
        : entry.endpoints().stream().map(Localities::of);
  }

  private static Stream<String> selected(Topology topology, ServiceEntry entry) {
    return entry.workloadSelector().stream()
        .flatMap(selector -> topology.workloadEntries(entry.namespace(), selector))
        .map(workload -> of(workload.locality(), workload.labels()));
  }

  private static String of(Endpoint endpoint) {
    return of(endpoint.locality(), endpoint.labels());
  }

  /** In a label a dot stands for the slash that labels do not allow. */
  private static String of(String written, Map<String, String> labels) {
    return written.isEmpty() ? labels.getOrDefault(LABEL, "").replace('.', '/') : written;
  }
}
