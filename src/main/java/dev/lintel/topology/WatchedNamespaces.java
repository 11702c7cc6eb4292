package dev.lintel.topology;

import dev.lintel.mesh.Fact;
import dev.lintel.mesh.Kgateway;
import dev.lintel.resource.LabelSelector;
import dev.lintel.resource.LabelSelectors;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells which Namespaces a controller of kgateway watches (docs/domain.md, 4.1). */
final class WatchedNamespaces {

  private WatchedNamespaces() {}

  /** Tells whether a controller sees the objects of a Namespace; unknown where labels are not. */
  static Fact include(Topology topology, Kgateway kgateway, String namespace) {
    Optional<String> written = kgateway.discoverySelectors();
    if (written.isEmpty()) {
      return Fact.unknown("KGW_DISCOVERY_NAMESPACE_SELECTORS is not visible");
    }
    Optional<List<LabelSelector>> selectors = LabelSelectors.parse(written.get());
    if (selectors.isEmpty() || topology.namespace(namespace).isEmpty()) {
      return Fact.unknown("the selectors or the Namespace cannot be read");
    }
    Map<String, String> labels = Attachments.labels(topology, namespace);
    return Fact.of(
        selectors.get().isEmpty()
            || selectors.get().stream().anyMatch(selector -> selector.matches(labels)));
  }
}
