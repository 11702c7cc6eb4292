package dev.lintel.topology;

import dev.lintel.mesh.Fact;
import dev.lintel.mesh.Keys;
import dev.lintel.mesh.Platform.ScopeSource;
import dev.lintel.mesh.ServiceScope;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.Metadata;
import dev.lintel.resource.Service;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads the service scope and the takeover of Services and Namespaces (docs/domain.md, 5.1 and
 * 5.2).
 */
public final class ServiceScopes {

  private ServiceScopes() {}

  /**
   * Returns the scope that a Namespace sets, as written.
   *
   * @return empty if the Namespace is not known or sets none
   */
  public static Optional<String> ofNamespace(Topology topology, String namespace) {
    return ofNamespace(topology, namespace, Keys.SERVICE_SCOPE);
  }

  /**
   * Returns the scope that a Service itself sets, as the installation reads it; empty if it sets
   * none there.
   */
  public static Optional<String> own(Topology topology, Service service) {
    return read(topology, service.metadata(), Keys.SERVICE_SCOPE);
  }

  /** Returns the scope that counts for a Service: its own, else its Namespace's. */
  public static Optional<String> of(Topology topology, Service service) {
    return own(topology, service).or(() -> ofNamespace(topology, service.namespace()));
  }

  /**
   * Tells whether a Service is peered, as the installation reads scopes. Never so where the mesh is
   * known to run upstream Istio.
   */
  public static boolean isPeered(Topology topology, Service service) {
    return !topology.dialect().isUpstream()
        && of(topology, service).filter(ServiceScopes::isPeered).isPresent();
  }

  /**
   * Tells whether the endpoints of all clusters answer to the local name of a Service: it is
   * peered, and it takes over. What the Service or else its Namespace says of takeover counts
   * before the scope.
   */
  public static boolean takesOver(Topology topology, Service service) {
    return isPeered(topology, service)
        && read(topology, service.metadata(), Keys.SERVICE_TAKEOVER)
            .or(() -> ofNamespace(topology, service.namespace(), Keys.SERVICE_TAKEOVER))
            .map("true"::equals)
            .orElseGet(
                () -> of(topology, service).filter(ServiceScopes::impliesTakeover).isPresent());
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

  /** Tells whether a Service, or a waypoint's, is labelled as global in upstream Istio. */
  public static boolean isGlobalUpstream(Metadata metadata) {
    return metadata.label(Keys.GLOBAL).filter("true"::equals).isPresent();
  }

  /**
   * Tells whether a waypoint is global in upstream Istio: the Service that istiod generated for it
   * is, or the Gateway says that it is to be. Unknown if that Service is not known.
   */
  public static Fact isGlobalUpstream(Topology topology, Gateway waypoint) {
    boolean asked =
        waypoint.infrastructureLabels().isEmpty()
            ? isGlobalUpstream(waypoint.metadata())
            : "true".equals(waypoint.infrastructureLabels().get(Keys.GLOBAL));
    if (asked) {
      return Fact.yes();
    }
    return topology
        .service(waypoint.namespace(), waypoint.name())
        .map(service -> Fact.of(isGlobalUpstream(service.metadata())))
        .orElseGet(
            () ->
                Fact.unknown("the Service of %s is not known".formatted(waypoint.ref().spoken())));
  }

  private static boolean impliesTakeover(String scope) {
    return ServiceScope.parse(scope).filter(ServiceScope.GLOBAL_ONLY::equals).isPresent();
  }

  private static Optional<String> ofNamespace(Topology topology, String namespace, String key) {
    return topology.namespace(namespace).flatMap(found -> read(topology, found.metadata(), key));
  }

  private static Optional<String> read(Topology topology, Metadata metadata, String key) {
    Optional<String> label = metadata.label(key);
    return readsAnnotations(topology) ? metadata.annotation(key).or(() -> label) : label;
  }
}
