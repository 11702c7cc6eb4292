package dev.lintel.topology;

import dev.lintel.mesh.Fact;
import dev.lintel.mesh.Keys;
import dev.lintel.resource.LabelSelector;
import dev.lintel.resource.LabelSelector.Expression;
import dev.lintel.resource.MeshConfig.Scope;
import dev.lintel.resource.Namespace;
import dev.lintel.resource.Resources;
import dev.lintel.resource.Service;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Tells which Services upstream istiod makes global (docs/domain.md, 5.1). */
final class MeshScopes {

  private MeshScopes() {}

  /**
   * Tells whether a scope of the mesh config selects a Service. Labels of which Lintel keeps none,
   * and those of a Namespace that it does not know, leave it open.
   */
  static Fact selects(Topology topology, Scope scope, Service service) {
    Fact services =
        scope.services().map(selector -> selects(selector, service)).orElseGet(Fact::yes);
    Fact namespaces =
        scope
            .namespaces()
            .map(selector -> selects(topology, selector, service.namespace()))
            .orElseGet(Fact::yes);
    if (services.isNo() || namespaces.isNo()) {
      return Fact.no();
    }
    return services.isYes() ? namespaces : services;
  }

  private static Fact selects(LabelSelector selector, Service service) {
    return keys(selector)
        .filter(key -> !Resources.keepsLabel(key))
        .findFirst()
        .map(key -> Fact.unknown("the label %s of Services is not read".formatted(key)))
        .orElseGet(() -> Fact.of(selector.matches(service.metadata().labels())));
  }

  private static Stream<String> keys(LabelSelector selector) {
    return Stream.concat(
        selector.matchLabels().keySet().stream(),
        selector.matchExpressions().stream().map(Expression::key));
  }

  /** The API server labels every Namespace with its name; a manifest need not say so. */
  static Fact selects(Topology topology, LabelSelector selector, String namespace) {
    return topology
        .namespace(namespace)
        .map(Namespace::metadata)
        .map(
            metadata -> {
              Map<String, String> labels = new HashMap<>(metadata.labels());
              labels.put(Keys.NAMESPACE_NAME, namespace);
              return Fact.of(selector.matches(labels));
            })
        .orElseGet(() -> Fact.unknown("the Namespace is not known"));
  }
}
