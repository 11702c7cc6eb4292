package dev.lintel.topology;

import dev.lintel.mesh.HostName;
import dev.lintel.mesh.Keys;
import dev.lintel.mesh.Locality;
import dev.lintel.mesh.Platform;
import dev.lintel.resource.BackendConfigPolicy;
import dev.lintel.resource.BackendTlsPolicy;
import dev.lintel.resource.Deployment;
import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.EndpointSlice;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.Kind;
import dev.lintel.resource.Namespace;
import dev.lintel.resource.NamespacedName;
import dev.lintel.resource.Node;
import dev.lintel.resource.Pod;
import dev.lintel.resource.PolicyTarget;
import dev.lintel.resource.Resource;
import dev.lintel.resource.ResourceRef;
import dev.lintel.resource.Route;
import dev.lintel.resource.Segment;
import dev.lintel.resource.ServiceEntry;
import dev.lintel.resource.VirtualService;
import dev.lintel.resource.WorkloadEntry;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Every way in which objects are found other than by their own name. Services need none: their host
 * is their name.
 *
 * @param rulesByHost DestinationRules by host, as Istio resolves it
 * @param rulesByWildcard DestinationRules by every wildcard that covers their host, {@code *} aside
 * @param rulesByLiteralHost DestinationRules by host, as kgateway compares it
 * @param entriesByHost ServiceEntries by each of their hosts
 * @param entriesByWildcard ServiceEntries by every wildcard that covers one of their hosts, {@code
 *     *} aside
 * @param entriesByResolution ServiceEntries by how their endpoints are found
 * @param entriesByParent ServiceEntries that peering generated, by the Service they stand for
 * @param virtualServicesByHost VirtualServices by each of their hosts
 * @param virtualServicesByDestination VirtualServices by each host that they send to
 * @param workloadsByLabel WorkloadEntries by each of their labels
 * @param segmentsByDomain Segments by their domain
 * @param routesByBackend routes by what they send to, mean to send to, or delegate to
 * @param routesByParentService routes of the mesh by the Service whose requests they route
 * @param tcpRoutesByParent TCPRoutes by the Gateways and sets of listeners that they name
 * @param policiesByTarget BackendConfigPolicies by what they name
 * @param policiesBySelection BackendConfigPolicies that select by labels, by namespace
 * @param tlsPoliciesByTarget BackendTLSPolicies by what they name
 * @param podsByGateway Pods by the Gateway they belong to
 * @param podsByProxy Pods by the container in which they run a proxy that istiod feeds
 * @param deploymentsByProxy Deployments by such a container, of gateways that no Gateway stands for
 * @param slicesByService EndpointSlices by Service
 * @param nodesByLocality Nodes by what their labels tell
 * @param workerNodes Nodes by whether they are outside the control plane
 * @param gatewaysByClass Gateways by the name of their class
 * @param namespacesByTrait Namespaces by what their labels say
 */
record Indexes(
    Index<HostName, DestinationRule> rulesByHost,
    Index<HostName, DestinationRule> rulesByWildcard,
    Index<String, DestinationRule> rulesByLiteralHost,
    Index<HostName, ServiceEntry> entriesByHost,
    Index<HostName, ServiceEntry> entriesByWildcard,
    Index<String, ServiceEntry> entriesByResolution,
    Index<NamespacedName, ServiceEntry> entriesByParent,
    Index<HostName, VirtualService> virtualServicesByHost,
    Index<HostName, VirtualService> virtualServicesByDestination,
    Index<LabelKey, WorkloadEntry> workloadsByLabel,
    Index<HostName, Segment> segmentsByDomain,
    Index<BackendKey, Route> routesByBackend,
    Index<NamespacedName, Route> routesByParentService,
    Index<ResourceRef, Route> tcpRoutesByParent,
    Index<BackendKey, BackendConfigPolicy> policiesByTarget,
    Index<String, BackendConfigPolicy> policiesBySelection,
    Index<BackendKey, BackendTlsPolicy> tlsPoliciesByTarget,
    Index<NamespacedName, Pod> podsByGateway,
    Index<String, Pod> podsByProxy,
    Index<String, Deployment> deploymentsByProxy,
    Index<NamespacedName, EndpointSlice> slicesByService,
    Index<Locality, Node> nodesByLocality,
    Index<Boolean, Node> workerNodes,
    Index<String, Gateway> gatewaysByClass,
    Index<NamespaceTrait, Namespace> namespacesByTrait) {

  static Indexes empty(Platform platform) {
    String domain = platform.clusterDomain();
    return new Indexes(
        Index.of(DestinationRule.class, rule -> hosts(rule, domain).toList()),
        Index.of(
            DestinationRule.class,
            rule -> hosts(rule, domain).flatMap(Indexes::wildcards).toList()),
        Index.of(DestinationRule.class, rule -> hosts(rule, domain).map(h -> rule.host()).toList()),
        Index.of(ServiceEntry.class, Indexes::hosts),
        Index.of(
            ServiceEntry.class,
            entry ->
                hosts(entry).stream()
                    .flatMap(Indexes::wildcards)
                    .collect(Collectors.toUnmodifiableSet())),
        Index.of(ServiceEntry.class, entry -> List.of(entry.resolution())),
        Index.of(
            ServiceEntry.class,
            entry -> GlobalService.parentOf(entry, platform.rootNamespace()).stream().toList()),
        Index.of(VirtualService.class, service -> hosts(service, domain)),
        Index.of(VirtualService.class, service -> destinations(service, domain)),
        Index.of(WorkloadEntry.class, LabelKey::of),
        Index.of(Segment.class, segment -> List.of(new HostName(segment.domain()))),
        Index.of(Route.class, Indexes::backends),
        Index.of(Route.class, Indexes::parentServices),
        Index.of(Route.class, Indexes::tcpParents),
        Index.of(BackendConfigPolicy.class, policy -> targets(policy, policy.targets())),
        Index.of(
            BackendConfigPolicy.class,
            policy -> policy.selectors().isEmpty() ? List.of() : List.of(policy.namespace())),
        Index.of(BackendTlsPolicy.class, policy -> targets(policy, policy.targets())),
        Index.of(Pod.class, Indexes::gateway),
        Index.of(Pod.class, SidecarProxies::in),
        Index.of(Deployment.class, SidecarProxies::in),
        Index.of(EndpointSlice.class, Indexes::service),
        Index.of(Node.class, node -> List.of(Places.localityOf(node))),
        Index.of(Node.class, node -> List.of(!node.isControlPlane())),
        Index.of(Gateway.class, gateway -> List.of(gateway.className())),
        Index.of(Namespace.class, NamespaceTrait::of));
  }

  /** Returns the indexes after an object was replaced; either may be absent. */
  Indexes replace(@Nullable Resource old, @Nullable Resource now) {
    return each(
        new Step() {
          @Override
          public <K, R extends Resource> Index<K, R> on(Index<K, R> index) {
            return index.replace(old, now);
          }
        });
  }

  /** Returns the same indexes, which tell a witness when they are looked at. */
  Indexes seenBy(Witness witness) {
    return each(
        new Step() {
          @Override
          public <K, R extends Resource> Index<K, R> on(Index<K, R> index) {
            return index.seenBy(witness);
          }
        });
  }

  private Indexes each(Step step) {
    return new Indexes(
        step.on(rulesByHost),
        step.on(rulesByWildcard),
        step.on(rulesByLiteralHost),
        step.on(entriesByHost),
        step.on(entriesByWildcard),
        step.on(entriesByResolution),
        step.on(entriesByParent),
        step.on(virtualServicesByHost),
        step.on(virtualServicesByDestination),
        step.on(workloadsByLabel),
        step.on(segmentsByDomain),
        step.on(routesByBackend),
        step.on(routesByParentService),
        step.on(tcpRoutesByParent),
        step.on(policiesByTarget),
        step.on(policiesBySelection),
        step.on(tlsPoliciesByTarget),
        step.on(podsByGateway),
        step.on(podsByProxy),
        step.on(deploymentsByProxy),
        step.on(slicesByService),
        step.on(nodesByLocality),
        step.on(workerNodes),
        step.on(gatewaysByClass),
        step.on(namespacesByTrait));
  }

  /** What is done with every index. */
  private interface Step {
    <K, R extends Resource> Index<K, R> on(Index<K, R> index);
  }

  /** What {@code *} covers is everything, for which the table itself is the index. */
  private static Stream<HostName> wildcards(HostName host) {
    return host.wildcards().stream().filter(wildcard -> !wildcard.value().equals("*"));
  }

  private static Set<NamespacedName> parentServices(Route route) {
    return route.parents().stream()
        .filter(Route.ParentRef::isService)
        .map(parent -> new NamespacedName(parent.namespace(), parent.name()))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Routes of other kinds share a listener, whoever else names it. */
  private static Set<ResourceRef> tcpParents(Route route) {
    return route.kind() != Kind.TCP_ROUTE
        ? Set.of()
        : route.parents().stream()
            .flatMap(
                parent ->
                    Kind.ofGroup(parent.group(), parent.kind()).stream()
                        .map(kind -> new ResourceRef(kind, parent.namespace(), parent.name())))
            .collect(Collectors.toUnmodifiableSet());
  }

  /** What is too long for a host is not looked for. */
  private static Stream<HostName> hosts(DestinationRule rule, String domain) {
    return Stream.of(HostName.resolve(rule.host(), rule.namespace(), domain))
        .filter(HostName::isHost);
  }

  private static Set<HostName> hosts(ServiceEntry entry) {
    return entry.hosts().stream()
        .map(HostName::new)
        .filter(HostName::isHost)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Set<HostName> hosts(VirtualService service, String domain) {
    return service.hosts().stream()
        .map(host -> HostName.resolve(host, service.namespace(), domain))
        .filter(HostName::isHost)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Set<HostName> destinations(VirtualService service, String domain) {
    return service.destinations().stream()
        .map(to -> HostName.resolve(to.host(), service.namespace(), domain))
        .filter(HostName::isHost)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Set<BackendKey> backends(Route route) {
    return route.backends().stream()
        .flatMap(ref -> BackendKey.mentionedBy(route, ref).stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Set<BackendKey> targets(Resource policy, List<PolicyTarget> named) {
    return named.stream()
        .map(to -> BackendKey.of(to.group(), to.kind(), policy.namespace(), to.name()))
        .flatMap(Optional::stream)
        .map(BackendKey::normalised)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Collection<NamespacedName> gateway(Pod pod) {
    return pod.metadata()
        .label(Keys.GATEWAY_NAME)
        .map(name -> List.of(new NamespacedName(pod.namespace(), name)))
        .orElse(List.of());
  }

  private static Collection<NamespacedName> service(EndpointSlice slice) {
    return slice.serviceName().isEmpty()
        ? List.of()
        : List.of(new NamespacedName(slice.namespace(), slice.serviceName()));
  }
}
