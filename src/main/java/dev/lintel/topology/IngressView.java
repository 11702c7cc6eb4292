package dev.lintel.topology;

import dev.lintel.mesh.Fact;
import dev.lintel.mesh.HostName;
import dev.lintel.mesh.Kgateway;
import dev.lintel.mesh.KgatewayDistribution;
import dev.lintel.resource.BackendConfigPolicy;
import dev.lintel.resource.BackendTlsPolicy;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.GatewayClass;
import dev.lintel.resource.Kind;
import dev.lintel.resource.LabelSelector;
import dev.lintel.resource.NamespacedName;
import dev.lintel.resource.Resource;
import dev.lintel.resource.Route;
import dev.lintel.resource.Route.BackendRef;
import dev.lintel.resource.ServiceEntry;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Tells how requests come from outside to a backend: the Gateways, the routes and their references,
 * what is read of labels and policies on the way, and the path to the backend (docs/domain.md, 4).
 */
public final class IngressView {

  private final Topology topology;
  private final Indexes indexes;
  private final Answers answers;

  IngressView(Topology topology, Indexes indexes, Answers answers) {
    this.topology = topology;
    this.indexes = indexes;
    this.answers = answers;
  }

  /**
   * Returns kgateway's BackendConfigPolicies that name a backend or select it, by namespace and
   * name. A policy that may select it counts.
   */
  public List<BackendConfigPolicy> backendPoliciesFor(Backend backend) {
    return BackendPolicies.of(indexes, backend);
  }

  /**
   * Tells whether a policy that may be for a backend certainly is: not so where it selects by a
   * label that Lintel does not read.
   */
  public boolean isCertainlyFor(BackendConfigPolicy policy, Backend backend) {
    return BackendPolicies.isCertain(indexes, policy, backend);
  }

  /** Returns the BackendTLSPolicies that name a backend, by namespace and name. */
  public List<BackendTlsPolicy> backendTlsPoliciesFor(Backend backend) {
    return Routes.keys(backend).stream()
        .flatMap(key -> indexes.tlsPoliciesByTarget().find(key.normalised()))
        .distinct()
        .sorted(Comparator.comparing(Resource::key))
        .toList();
  }

  /**
   * Returns what is known of the kgateway controller of a Gateway; empty if it is not kgateway's.
   */
  public Optional<Kgateway> kgatewayOf(Gateway gateway) {
    return GatewayRoles.distribution(topology.roleOf(gateway)).map(topology.dialect()::kgateway);
  }

  /** Returns what is known of each kgateway controller that a GatewayClass or Gateway names. */
  public Stream<Kgateway> kgateways() {
    return kgatewayDistributions().stream().map(topology.dialect()::kgateway);
  }

  /** Tells whether any GatewayClass or Gateway is kgateway's, open source or enterprise. */
  public boolean hasKgateway() {
    return !kgatewayDistributions().isEmpty();
  }

  private List<KgatewayDistribution> kgatewayDistributions() {
    return answers.once(Question.KGATEWAYS, this::findKgateways);
  }

  private List<KgatewayDistribution> findKgateways() {
    Stream<String> classes =
        topology.<GatewayClass>look(Kind.GATEWAY_CLASS).all().map(GatewayClass::name);
    return Stream.concat(classes, indexes.gatewaysByClass().keys())
        .map(topology::roleOfClass)
        .flatMap(role -> GatewayRoles.distribution(role).stream())
        .distinct()
        .toList();
  }

  /**
   * Returns the kgateway Gateways that route to a backend, each with its path; by namespace and
   * name.
   */
  public List<IngressLeg> to(Backend backend) {
    return answers.once(
        new Question.OfIngress(backend), () -> IngressPaths.resolve(topology, indexes, backend));
  }

  /**
   * Tells whether a reference of a leg's routes is resolved to the backend to which it leads: it
   * has the port, and the controller makes backends of its kind (docs/domain.md, 4.1 and 4.5).
   */
  public Fact resolves(IngressLeg leg, Backend backend) {
    if (leg.routes().stream().noneMatch(r -> Routes.leadsToPort(topology, r, backend))) {
      return Fact.no("no route names a port that it has");
    }
    return switch (backend) {
      case Backend.OfService service -> Fact.yes();
      case Backend.OfEntry entry -> Fates.knowsEntries(leg.kgateway());
    };
  }

  /**
   * Returns Istio's own ingress Gateways that serve a route to a backend, by a port that this has;
   * by namespace and name.
   */
  public List<Gateway> istioGatewaysTo(Backend backend) {
    return routesTo(backend).stream()
        .filter(route -> Routes.leadsToPort(topology, route, backend))
        .flatMap(route -> Routes.gatewaysTo(topology, route, backend).keySet().stream())
        .filter(gateway -> topology.roleOf(gateway) == GatewayRole.ISTIO_INGRESS)
        .distinct()
        .sorted(Comparator.comparing(Resource::key))
        .toList();
  }

  /**
   * Returns what becomes of a route's reference at the controllers that serve the route, else at
   * those that there are (docs/domain.md, 4.5).
   *
   * @return empty for a reference to other routes, and where it is not known
   */
  public Optional<ReferenceFate> fateOf(Route route, BackendRef ref) {
    return Fates.of(topology, route, ref);
  }

  /**
   * Returns every reference of a route that means a backend, those that fail included: by name or
   * by host, of the right kind or not, permitted or not; by the route's namespace and name.
   */
  public List<RouteReference> referencesTo(Backend backend) {
    return new References(topology, indexes).to(backend);
  }

  /**
   * Returns every reference of a route that writes a host, whatever its group and kind; by the
   * route's namespace and name. Only a Hostname leads anywhere; see {@link #entryServing}.
   */
  public List<RouteReference> referencesToHost(HostName host) {
    return new References(topology, indexes).toHost(host);
  }

  /**
   * Returns the ServiceEntry that kgateway takes for a reference by host, which is looked up with
   * its port: the oldest that has both, of those that kgateway makes a backend of (docs/domain.md,
   * 4.5).
   */
  public Optional<ServiceEntry> entryServing(HostName host, BackendRef ref) {
    return Hosts.servedBy(topology, host, ref);
  }

  /**
   * Returns the Gateways, of any class, at which one of certain rules of a route is served; by
   * namespace and name, each with whether it is really served there, which is never known not to be
   * (docs/domain.md, 4.5).
   *
   * @param rules the places of the rules in the route
   */
  public Map<Gateway, Fact> gatewaysServing(Route route, Collection<Integer> rules) {
    Map<Gateway, Fact> gateways =
        new TreeMap<>(Comparator.<Gateway, NamespacedName>comparing(Resource::key));
    for (int rule : rules) {
      attachmentsOf(route, rule)
          .forEach(found -> gateways.merge(found.gateway(), found.served(), IngressView::orElse));
    }
    return gateways;
  }

  private static Fact orElse(Fact one, Fact other) {
    return one.isYes() ? one : other;
  }

  private List<Attachment> attachmentsOf(Route route, int rule) {
    List<Attachment> direct =
        answers.once(
            new Question.OfRoute(route.ref()), () -> Attachments.direct(topology, indexes, route));
    if (BackendKey.delegatingTo(route).isEmpty()) {
      return direct;
    }
    List<Attachment> delegated =
        answers.once(
            new Question.OfRouteRule(route.ref(), rule),
            () -> Attachments.delegated(topology, indexes, route, route.rules().get(rule)));
    return Stream.concat(direct.stream(), delegated.stream()).toList();
  }

  /**
   * Returns every way in which a route comes to a Gateway, of any class, by the Gateway's namespace
   * and name.
   */
  public List<Attachment> attachmentsOf(Route route) {
    return Attachments.of(topology, indexes, route);
  }

  /** Returns the Gateways and sets of listeners that a route names and that do not take it. */
  public List<RefusedParent> refusedParentsOf(Route route) {
    return Attachments.refused(topology, indexes, route);
  }

  /**
   * Returns the backends that a route's reference names, permitted or not (docs/domain.md, 4.5): a
   * ServiceEntry has one for each host.
   */
  public List<Backend> backendsNamed(Route route, Route.BackendRef ref) {
    return Routes.named(topology, route, ref);
  }

  /** Returns the routes to which a route's reference delegates, by namespace and name. */
  public List<Route> delegatesOf(Route route, Route.BackendRef ref) {
    return BackendKey.of(route, ref).stream()
        .flatMap(
            key -> topology.routes().filter(child -> BackendKey.delegatingTo(child).contains(key)))
        .sorted(Routes.ORDER)
        .toList();
  }

  /**
   * Returns the backends that routes of a Gateway name, permitted or not, by namespace and name of
   * what defines them.
   */
  public List<Backend> backendsBehind(Gateway gateway) {
    return GatewayBackends.of(topology, gateway);
  }

  /** Returns the Gateways of any class that have routes to a backend; in no order. */
  public Stream<Gateway> gatewaysTo(Backend backend) {
    return routesTo(backend).stream()
        .flatMap(route -> Routes.gatewaysTo(topology, route, backend).keySet().stream())
        .distinct();
  }

  /** Returns the routes that send to a backend and may refer to it, by namespace and name. */
  List<Route> routesTo(Backend backend) {
    return answers.once(
        new Question.OfRoutes(backend), () -> Routes.to(indexes, backend, topology).toList());
  }

  /**
   * Tells whether kgateway and ztunnel find an address to send to, or will; not so where the host
   * needs one from istiod, which is known to allocate none (docs/domain.md, 4.2).
   */
  public boolean hasVip(Backend backend) {
    return backend.hasVip()
        && !(backend.awaitsAllocation()
            && topology.dialect().features().allocatesAddresses().isNo());
  }

  /** Returns the Gateways driven by istiod that serve as ingress, in no particular order. */
  public Stream<Gateway> istioGateways() {
    return topology.gatewaysOf(GatewayRole.ISTIO_INGRESS);
  }

  /** Tells whether ztunnel captures a Gateway's Pods (docs/domain.md, 4.1). */
  public Fact isCaptured(Gateway gateway) {
    return answers.once(new Question.OfCapture(gateway.key()), () -> Capture.of(topology, gateway));
  }

  /**
   * Returns the Gateway for which an object is generated: one of its owners, which exists with the
   * same identity, and after which its controller would name the object.
   */
  public Optional<Gateway> generatorOf(Resource object) {
    return Generated.ownerOf(object, topology);
  }

  /**
   * Tells what istiod concludes of {@code istio.io/ingress-use-waypoint}: the object's label counts
   * before its namespace's (docs/domain.md, 3.2).
   */
  public boolean labelIsTrueForIstiod(Backend backend) {
    return IngressLabels.istiodSaysTrue(topology, backend);
  }

  /**
   * Tells what kgateway concludes of {@code istio.io/ingress-use-waypoint}: exactly {@code true} on
   * the object or on its namespace (docs/domain.md, 4.2).
   */
  public boolean labelIsTrueForKgateway(Backend backend) {
    return IngressLabels.kgatewaySaysTrue(topology, backend);
  }

  /** Returns the label {@code istio.io/ingress-use-waypoint} of a backend's namespace. */
  public Optional<String> namespaceLabelOf(Backend backend) {
    return IngressLabels.ofNamespace(topology, backend);
  }

  /**
   * Returns the selector by which a controller of kgateway is told to pass over an entry
   * (docs/domain.md, 4.1).
   *
   * @return empty if none does, or if the selectors are not known or cannot be read
   */
  public Optional<LabelSelector> exclusionOf(Kgateway kgateway, ServiceEntry entry) {
    return ExcludedEntries.selecting(kgateway, entry);
  }

  /**
   * Tells whether a controller of kgateway sees the objects of a Namespace (docs/domain.md, 4.1);
   * unknown where labels are not.
   */
  public Fact watches(Kgateway kgateway, String namespace) {
    return WatchedNamespaces.include(topology, kgateway, namespace);
  }
}
