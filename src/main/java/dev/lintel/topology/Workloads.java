package dev.lintel.topology;

import dev.lintel.resource.LabelSelector;
import dev.lintel.resource.WorkloadEntry;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/** Finds WorkloadEntries by a selector, from the rarest of its labels. */
final class Workloads {

  private Workloads() {}

  /**
   * Returns the WorkloadEntries of a namespace that carry every label, in no particular order.
   *
   * @param all those of the kind, for a selector that names no label and selects the namespace
   */
  static Stream<WorkloadEntry> selected(
      Table<WorkloadEntry> all,
      Index<LabelKey, WorkloadEntry> byLabel,
      String namespace,
      Map<String, String> selector) {
    return LabelKey.of(namespace, selector).stream()
        .map(byLabel::get)
        .min(Comparator.comparing(table -> table.sizeIn(namespace)))
        .orElse(all)
        .inNamespace(namespace)
        .filter(entry -> LabelSelector.containsAll(entry.labels(), selector));
  }
}
