package dev.lintel.topology;

import dev.lintel.mesh.Kgateway;
import dev.lintel.resource.LabelSelector;
import dev.lintel.resource.LabelSelectors;
import dev.lintel.resource.ServiceEntry;
import java.util.List;
import java.util.Optional;

/** Tells which ServiceEntries a controller of kgateway passes over (docs/domain.md, 4.1). */
final class ExcludedEntries {

  private ExcludedEntries() {}

  /**
   * Returns the selector by which a controller passes over an entry.
   *
   * @return empty if none does, or if the selectors are not known or cannot be read
   */
  static Optional<LabelSelector> selecting(Kgateway kgateway, ServiceEntry entry) {
    return kgateway.entryExclusions().flatMap(LabelSelectors::parse).stream()
        .flatMap(List::stream)
        .filter(selector -> selector.matches(entry.metadata().labels()))
        .findFirst();
  }
}
