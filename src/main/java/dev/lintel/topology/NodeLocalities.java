package dev.lintel.topology;

import dev.lintel.mesh.Locality;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where the Nodes of the cluster are.
 *
 * @param counts how many Nodes are in each locality, 1 or more; empty if no Node is known
 */
public record NodeLocalities(Map<Locality, Integer> counts) {

  /** Copies the map, so that the record is immutable. */
  public NodeLocalities {
    counts = Map.copyOf(counts);
  }

  /** Returns how many Nodes are known, 0 or more. */
  public int nodes() {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Returns how many Nodes lack the label of the region or of the zone, 0 or more. */
  public int incomplete() {
    return counts.entrySet().stream()
        .filter(entry -> !entry.getKey().isComplete())
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  /** Returns the regions of the Nodes that have one. */
  public Set<String> regions() {
    return counts.keySet().stream()
        .map(Locality::region)
        .filter(region -> !region.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Returns the zones of the Nodes that have one. */
  public Set<String> zones() {
    return counts.keySet().stream()
        .map(Locality::zone)
        .filter(zone -> !zone.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }
}
