package dev.lintel.resource;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An Istio WorkloadEntry: a workload that is no Pod of this cluster. Peering generates them for
 * what other clusters export (docs/domain.md, 5.3).
 *
 * @param metadata its metadata, with all labels
 * @param address an IP, a host name or a {@code unix://} path; empty if only a network is given
 * @param network {@code spec.network}; empty if absent
 * @param locality {@code region/zone/subzone}; empty if absent
 * @param specLabels {@code spec.labels}
 */
public record WorkloadEntry(
    Metadata metadata,
    String address,
    String network,
    String locality,
    Map<String, String> specLabels)
    implements Resource {

  /** Copies the labels, so that the record is immutable. */
  public WorkloadEntry {
    specLabels = Map.copyOf(specLabels);
  }

  /** Two forms of one object are rare: its name tells it well enough, whatever its size. */
  @Override
  public int hashCode() {
    return key().hashCode();
  }

  @Override
  public Kind kind() {
    return Kind.WORKLOAD_ENTRY;
  }

  @Override
  public WorkloadEntry withMetadata(Metadata other) {
    return new WorkloadEntry(other, address, network, locality, specLabels);
  }

  /** Returns the labels that selectors are compared with: those of the metadata count first. */
  public Map<String, String> labels() {
    Map<String, String> labels = new LinkedHashMap<>(specLabels);
    labels.putAll(metadata.labels());
    return Map.copyOf(labels);
  }
}
