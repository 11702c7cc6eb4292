package dev.lintel.topology;

import dev.lintel.mesh.Keys;
import dev.lintel.mesh.Platform.ScopeSource;
import dev.lintel.mesh.ServiceScope;
import dev.lintel.resource.Metadata;
import dev.lintel.resource.Service;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the service scope of Services and Namespaces (docs/domain.md, 5.1). */
public final class ServiceScopes {

  private ServiceScopes() {}

  /**
   * Returns the scope that a Namespace sets, as written.
   *
   * @return empty if the Namespace is not known or sets none
   */
  public static Optional<String> ofNamespace(Topology topology, String namespace) {
    Optional<Metadata> metadata = topology.namespace(namespace).map(found -> found.metadata());
    Optional<String> label = metadata.flatMap(found -> found.label(Keys.SERVICE_SCOPE));
    return switch (topology.platform().scopeSource()) {
      case LABELS -> label;
      case ANNOTATIONS ->
          metadata.flatMap(found -> found.annotation(Keys.SERVICE_SCOPE)).or(() -> label);
    };
  }

  /**
   * Tells whether a Service may be peered: its own label or annotation says so or, where it has
   * neither, its Namespace does. Never so where the mesh is known to run upstream Istio.
   */
  public static boolean mayBePeered(Topology topology, Service service) {
    if (topology.dialect().isUpstream()) {
      return false;
    }
    List<String> own =
        Stream.of(
                service.metadata().label(Keys.SERVICE_SCOPE),
                service.metadata().annotation(Keys.SERVICE_SCOPE))
            .flatMap(Optional::stream)
            .toList();
    return own.isEmpty()
        ? ofNamespace(topology, service.namespace()).filter(ServiceScopes::isPeered).isPresent()
        : own.stream().anyMatch(ServiceScopes::isPeered);
  }

  /** Tells whether a value of the scope peers a Service. */
  public static boolean isPeered(String value) {
    return ServiceScope.parse(value).filter(ServiceScope::isPeered).isPresent();
  }

  /** Tells whether annotations count before labels in this installation. */
  public static boolean readsAnnotations(Topology topology) {
    return topology.platform().scopeSource() == ScopeSource.ANNOTATIONS;
  }
}
