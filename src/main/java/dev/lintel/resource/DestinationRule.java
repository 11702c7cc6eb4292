package dev.lintel.resource;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An Istio DestinationRule.
 *
 * @param metadata its metadata
 * @param host the host as written: a full name, a short name or a wildcard; empty if absent
 * @param exportTo the namespaces it is exported to, as written; empty means the mesh's default
 * @param workloadSelector the labels that select client workloads; empty if there is no selector
 * @param trafficPolicy the destination-level policy; empty if absent
 * @param subsets the subsets in the order of the object
 */
public record DestinationRule(
    Metadata metadata,
    String host,
    List<String> exportTo,
    Optional<Map<String, String>> workloadSelector,
    Optional<TrafficPolicy> trafficPolicy,
    List<Subset> subsets)
    implements Resource {

  /** Copies the collections, so that the record is immutable. */
  public DestinationRule {
    exportTo = List.copyOf(exportTo);
    workloadSelector = workloadSelector.map(Map::copyOf);
    subsets = List.copyOf(subsets);
  }

  /** Two forms of one object are rare: its name tells it well enough, whatever its size. */
  @Override
  public int hashCode() {
    return key().hashCode();
  }

  @Override
  public Kind kind() {
    return Kind.DESTINATION_RULE;
  }

  @Override
  public DestinationRule withMetadata(Metadata other) {
    return new DestinationRule(other, host, exportTo, workloadSelector, trafficPolicy, subsets);
  }

  /**
   * A named subset.
   *
   * @param name its name
   * @param labels the labels of its endpoints
   * @param trafficPolicy its own policy; empty if it has none
   */
  public record Subset(
      String name, Map<String, String> labels, Optional<TrafficPolicy> trafficPolicy) {
    /** Copies the labels, so that the record is immutable. */
    public Subset {
      labels = Map.copyOf(labels);
    }
  }
}
