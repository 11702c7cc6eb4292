package dev.lintel.topology;

import dev.lintel.resource.WorkloadEntry;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A label that a workload carries, as a key of an index.
 *
 * @param namespace the workload's namespace
 * @param key the label
 * @param value its value
 */
record LabelKey(String namespace, String key, String value) {

  static Set<LabelKey> of(WorkloadEntry entry) {
    return of(entry.namespace(), entry.labels());
  }

  static Set<LabelKey> of(String namespace, Map<String, String> labels) {
    return labels.entrySet().stream()
        .map(label -> new LabelKey(namespace, label.getKey(), label.getValue()))
        .collect(Collectors.toUnmodifiableSet());
  }
}
