package dev.lintel.resource;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * Reads Istio's workload selectors, whose labels stand below a field that differs between kinds.
 */
final class WorkloadSelectorReader {

  private WorkloadSelectorReader() {}

  /**
   * Reads a selector.
   *
   * @param field {@code labels} in a ServiceEntry, {@code matchLabels} in a DestinationRule
   * @return empty for {@code null}; present, with no labels, for an empty selector
   */
  static Optional<Map<String, String>> read(Cursor in, String field)
      throws IOException, MalformedObjectException {
    if (in.isNull()) {
      return Optional.empty();
    }
    Map<String, String> labels = Map.of();
    for (in.object(); in.nextField(); ) {
      if (in.field().equals(field)) {
        labels = in.textMap();
      } else {
        in.skip();
      }
    }
    return Optional.of(labels);
  }
}
