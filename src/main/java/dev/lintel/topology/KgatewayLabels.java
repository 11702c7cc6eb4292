package dev.lintel.topology;

import dev.lintel.mesh.Fact;
import dev.lintel.mesh.Keys;
import dev.lintel.mesh.Locality;
import dev.lintel.resource.LabelSelector;
import dev.lintel.resource.Pod;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The labels of Pods that kgateway compares selectors with: their own, the place of their Node, and
 * whether ztunnel captures them (docs/domain.md, 4.4). istiod knows a Pod's own alone.
 */
final class KgatewayLabels {

  private static final Set<String> OF_NODE = Set.of(Keys.REGION, Keys.ZONE, Keys.SUBZONE);

  private KgatewayLabels() {}

  /**
   * Tells whether a Pod has every label of a selector. What kgateway adds takes the place of what
   * the Pod says itself.
   */
  static Fact select(Topology topology, Pod pod, Map<String, String> selector) {
    Map<String, String> labels = new HashMap<>(pod.metadata().labels());
    pod.metadata().annotation(Keys.REDIRECTION).ifPresent(is -> labels.put(Keys.REDIRECTION, is));
    if (pod.nodeName().isEmpty()) {
      return Fact.of(LabelSelector.containsAll(labels, selector));
    }
    labels.put(Keys.NODE_HOSTNAME, pod.nodeName());
    return selector.keySet().stream().anyMatch(OF_NODE::contains)
        ? selectByPlace(topology, pod, labels, selector)
        : Fact.of(LabelSelector.containsAll(labels, selector));
  }

  private static Fact selectByPlace(
      Topology topology, Pod pod, Map<String, String> labels, Map<String, String> selector) {
    Optional<Locality> place = topology.node(pod.nodeName()).map(Places::localityOf);
    if (place.isEmpty()) {
      Map<String, String> others = new HashMap<>(selector);
      others.keySet().removeAll(OF_NODE);
      return LabelSelector.containsAll(labels, others)
          ? Fact.unknown("Node %s is not known".formatted(pod.nodeName()))
          : Fact.no();
    }
    Map<String, String> added = new HashMap<>();
    added.put(Keys.REGION, place.get().region());
    added.put(Keys.ZONE, place.get().zone());
    added.put(Keys.SUBZONE, place.get().subzone());
    added.values().removeIf(String::isEmpty);
    labels.putAll(added);
    return Fact.of(LabelSelector.containsAll(labels, selector));
  }
}
