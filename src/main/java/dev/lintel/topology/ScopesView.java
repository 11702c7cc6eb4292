package dev.lintel.topology;

import dev.lintel.mesh.Fact;
import dev.lintel.mesh.HostName;
import dev.lintel.mesh.Keys;
import dev.lintel.mesh.Platform.ScopeSource;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.MeshConfig.Scope;
import dev.lintel.resource.Metadata;
import dev.lintel.resource.NamespacedName;
import dev.lintel.resource.Service;
import dev.lintel.resource.ServiceEntry;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tells in which clusters a Service is: its scope and its takeover, the host that peering generates
 * for it, and what is known by a global host (docs/domain.md, 5).
 */
public final class ScopesView {

  private final Topology topology;
  private final Indexes indexes;
  private final Answers answers;

  ScopesView(Topology topology, Indexes indexes, Answers answers) {
    this.topology = topology;
    this.indexes = indexes;
    this.answers = answers;
  }

  /**
   * Tells what peering makes of a Service, or of a name that only other clusters have
   * (docs/domain.md, 5.3).
   */
  public GlobalService globalService(NamespacedName key) {
    return answers.once(
        new Question.OfGlobalService(key), () -> GlobalService.of(topology, indexes, key));
  }

  /**
   * Returns the backend that peering makes of a peered Service of this cluster: that of the entry
   * which it generates for the global host, as the Service is now and whether or not the entry is
   * there yet. The entry's shape is inferred (docs/domain.md, 5.3).
   */
  public Backend globalBackendOf(Service service) {
    return GeneratedEntries.backendOf(topology, service);
  }

  /**
   * Returns the name in a namespace that a global host stands for: told by the entry that was
   * generated for the host, else read from the host if it ends in the domain of this cluster's own
   * Services, in the domain of the default segment, or in that of a Segment.
   *
   * @return empty if the host is not a global one
   */
  public Optional<NamespacedName> globalName(HostName host) {
    return GlobalHosts.name(topology, indexes, host);
  }

  /**
   * Returns the Service that a ServiceEntry was generated for by peering, told by its labels or by
   * its name.
   *
   * @return empty if the entry was not generated
   */
  public Optional<NamespacedName> parentOf(ServiceEntry entry) {
    return GlobalService.parentOf(entry, topology.platform().rootNamespace());
  }

  /**
   * Tells whether a mesh of upstream Istio spans several networks: istiod says so, or a Gateway to
   * other networks exists (docs/domain.md, 5.1 and 5.5).
   */
  public Fact isMultiNetwork() {
    Fact said = topology.dialect().multiNetwork();
    boolean isSeen =
        said.isUnknown()
            && Stream.of(GatewayRole.EAST_WEST, GatewayRole.REMOTE_PEER)
                .flatMap(topology::gatewaysOf)
                .findAny()
                .isPresent();
    return isSeen ? Fact.yes() : said;
  }

  /**
   * Returns the host that peering generates for a Service (docs/domain.md, 5.3 and 5.4).
   *
   * @return empty if the Service is not peered, or the domain of its Segment is not known
   */
  public Optional<HostName> globalHostOf(Service service) {
    return GlobalHosts.of(topology, service);
  }

  /**
   * Returns the scope that a Namespace sets, as written.
   *
   * @return empty if the Namespace is not known or sets none
   */
  public Optional<String> ofNamespace(String namespace) {
    return ofNamespace(namespace, Keys.SERVICE_SCOPE);
  }

  /**
   * Returns the scope that a Service itself sets, as the installation reads it; empty if it sets
   * none there.
   */
  public Optional<String> own(Service service) {
    return read(service.metadata(), Keys.SERVICE_SCOPE);
  }

  /** Returns the scope that counts for a Service: its own, else its Namespace's. */
  public Optional<String> of(Service service) {
    return own(service).or(() -> ofNamespace(service.namespace()));
  }

  /**
   * Tells whether a Service is peered, as the installation reads scopes. Never so where the mesh is
   * known to run upstream Istio.
   */
  public boolean isPeered(Service service) {
    return !topology.dialect().isUpstream()
        && of(service).filter(ServiceScopes::isPeered).isPresent();
  }

  /**
   * Tells whether the endpoints of all clusters answer to the local name of a Service: it is
   * peered, and it takes over. What the Service or else its Namespace says of takeover counts
   * before the scope.
   */
  public boolean takesOver(Service service) {
    return isPeered(service)
        && read(service.metadata(), Keys.SERVICE_TAKEOVER)
            .or(() -> ofNamespace(service.namespace(), Keys.SERVICE_TAKEOVER))
            .map("true"::equals)
            .orElseGet(() -> of(service).filter(ServiceScopes::impliesTakeover).isPresent());
  }

  /**
   * Tells whether a Service may be peered: its own label or annotation says so or, where it has
   * neither, its Namespace does. Never so where the mesh is known to run upstream Istio.
   */
  public boolean mayBePeered(Service service) {
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
        ? ofNamespace(service.namespace()).filter(ServiceScopes::isPeered).isPresent()
        : own.stream().anyMatch(ServiceScopes::isPeered);
  }

  /** Tells whether annotations count before labels in this installation. */
  public boolean readsAnnotations() {
    return topology.platform().scopeSource() == ScopeSource.ANNOTATIONS;
  }

  /**
   * Tells whether a waypoint is global in upstream Istio: the Service that istiod generated for it
   * is, or the Gateway says that it is to be. Unknown if that Service is not known.
   */
  public Fact isGlobalUpstream(Gateway waypoint) {
    boolean asked =
        waypoint.infrastructureLabels().isEmpty()
            ? ServiceScopes.isGlobalUpstream(waypoint.metadata())
            : "true".equals(waypoint.infrastructureLabels().get(Keys.GLOBAL));
    if (asked) {
      return Fact.yes();
    }
    return topology
        .service(waypoint.namespace(), waypoint.name())
        .map(service -> Fact.of(ServiceScopes.isGlobalUpstream(service.metadata())))
        .orElseGet(
            () ->
                Fact.unknown("the Service of %s is not known".formatted(waypoint.ref().spoken())));
  }

  private Optional<String> ofNamespace(String namespace, String key) {
    return topology.namespace(namespace).flatMap(found -> read(found.metadata(), key));
  }

  private Optional<String> read(Metadata metadata, String key) {
    Optional<String> label = metadata.label(key);
    return readsAnnotations() ? metadata.annotation(key).or(() -> label) : label;
  }

  /**
   * Tells whether a scope of the mesh config selects a Service. Labels of which Lintel keeps none,
   * and those of a Namespace that it does not know, leave it open.
   */
  public Fact selects(Scope scope, Service service) {
    return MeshScopes.selects(topology, scope, service);
  }
}
