package dev.lintel.topology;

import dev.lintel.mesh.Fact;
import dev.lintel.mesh.HostName;
import dev.lintel.mesh.Kgateway;
import dev.lintel.mesh.KgatewayDistribution;
import dev.lintel.resource.Route;
import dev.lintel.resource.Route.BackendRef;
import java.util.List;
import java.util.Optional;

/** Tells what becomes of the references of a route, in kgateway's order (docs/domain.md, 4.5). */
final class Fates {

  private final Topology topology;
  private final Route route;
  private final List<Kgateway> controllers;

  private Fates(Topology topology, Route route, List<Kgateway> controllers) {
    this.topology = topology;
    this.route = route;
    this.controllers = controllers;
  }

  /**
   * Returns what becomes of a reference.
   *
   * @return empty for a reference to other routes, and where it is not known
   */
  static Optional<ReferenceFate> of(Topology topology, Route route, BackendRef ref) {
    return new Fates(topology, route, controllersOf(topology, route)).of(ref);
  }

  /** Those that serve the route; of one that none serves, those that there are. */
  private static List<Kgateway> controllersOf(Topology topology, Route route) {
    List<Kgateway> serving =
        topology.ingress().attachmentsOf(route).stream()
            .flatMap(attachment -> topology.ingress().kgatewayOf(attachment.gateway()).stream())
            .distinct()
            .toList();
    return serving.isEmpty() ? topology.ingress().kgateways().toList() : serving;
  }

  private Optional<ReferenceFate> of(BackendRef ref) {
    if (isDelegation(ref)) {
      return Optional.empty();
    }
    if (ref.isHostname() && !ref.namespace().isEmpty()) {
      return Optional.of(ofNamespacedHost(ref));
    }
    if (!Grants.permit(topology, route, ref)) {
      return Optional.of(ReferenceFate.REF_NOT_PERMITTED);
    }
    return switch (ref.group() + "/" + ref.kind()) {
      case "/Service" -> Optional.of(found(isService(ref)));
      case "networking.istio.io/ServiceEntry" -> ofEntry(isEntry(ref));
      case "networking.istio.io/Hostname" -> ofEntry(isHost(ref));
      // Lintel does not read these objects; that one is missing is not what a write changes.
      case "gateway.kgateway.dev/Backend" -> Optional.of(ReferenceFate.OK);
      default -> Optional.of(ReferenceFate.INVALID_KIND);
    };
  }

  private static boolean isDelegation(BackendRef ref) {
    return ref.group().equals("delegation.kgateway.dev")
        || (ref.group().equals("gateway.networking.k8s.io") && ref.kind().equals("HTTPRoute"));
  }

  /** A host is known without a namespace; with one it is another name, which nobody has. */
  private ReferenceFate ofNamespacedHost(BackendRef ref) {
    return ref.namespace().equals(route.namespace()) || Grants.areOff(topology)
        ? ReferenceFate.BACKEND_NOT_FOUND
        : ReferenceFate.REF_NOT_PERMITTED;
  }

  private boolean isService(BackendRef ref) {
    String namespace = ref.namespaceFrom(route);
    return isSeen(namespace)
        && topology
            .service(namespace, ref.name())
            .map(topology::backendOf)
            .filter(backend -> Routes.hasPort(backend, ref))
            .isPresent();
  }

  private boolean isEntry(BackendRef ref) {
    String namespace = ref.namespaceFrom(route);
    return isSeen(namespace)
        && topology
            .serviceEntry(namespace, ref.name())
            .filter(entry -> !entry.isPassthrough())
            .filter(entry -> ref.port().filter(entry::hasPort).isPresent())
            .isPresent();
  }

  private boolean isHost(BackendRef ref) {
    return Hosts.servedBy(topology, new HostName(ref.name()), ref)
        .filter(entry -> isSeen(entry.namespace()))
        .isPresent();
  }

  /** Where DestinationRules are not read there are no backends of ServiceEntries either. */
  private Optional<ReferenceFate> ofEntry(boolean isFound) {
    boolean isOff =
        !controllers.isEmpty()
            && controllers.stream().allMatch(found -> found.istioIntegration().isNo());
    if (isOff) {
      return Optional.of(ReferenceFate.INVALID_KIND);
    }
    return controllers.stream().allMatch(found -> knowsEntries(found).isYes())
        ? Optional.of(found(isFound))
        : Optional.empty();
  }

  private static ReferenceFate found(boolean isFound) {
    return isFound ? ReferenceFate.OK : ReferenceFate.BACKEND_NOT_FOUND;
  }

  private boolean isSeen(String namespace) {
    return controllers.isEmpty()
        || controllers.stream()
            .anyMatch(found -> !WatchedNamespaces.include(topology, found, namespace).isNo());
  }

  /**
   * Tells whether a controller makes backends of ServiceEntries. The guide routes to them at an
   * enterprise kgateway without a word about the setting, which is then taken to be on.
   */
  static Fact knowsEntries(Kgateway kgateway) {
    Fact integration = kgateway.istioIntegration();
    return integration.isUnknown() && kgateway.distribution() == KgatewayDistribution.ENTERPRISE
        ? Fact.assumed(integration.reason())
        : integration;
  }
}
