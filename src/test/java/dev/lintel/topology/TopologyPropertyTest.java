package dev.lintel.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.mesh.Keys;
import dev.lintel.mesh.Platform;
import dev.lintel.resource.BackendConfigPolicy;
import dev.lintel.resource.Deployment;
import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.EndpointSlice;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.GatewayClass;
import dev.lintel.resource.Kind;
import dev.lintel.resource.ListenerSet;
import dev.lintel.resource.Metadata;
import dev.lintel.resource.Namespace;
import dev.lintel.resource.NamespacedName;
import dev.lintel.resource.Node;
import dev.lintel.resource.Pod;
import dev.lintel.resource.PolicyTarget;
import dev.lintel.resource.ReferenceGrant;
import dev.lintel.resource.Resource;
import dev.lintel.resource.ResourceRef;
import dev.lintel.resource.Route;
import dev.lintel.resource.Segment;
import dev.lintel.resource.Service;
import dev.lintel.resource.ServiceEntry;
import dev.lintel.resource.VirtualService;
import dev.lintel.resource.WorkloadEntry;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** However a topology came about, it is the one that its objects make. */
class TopologyPropertyTest {

  private static final List<String> NAMES = List.of("a", "b", "c");

  @Property(tries = 500)
  void aTopologyBuiltByAnyEventsEqualsTheOneRebuiltFromTheFinalState(
      @ForAll("changes") List<Change> changes) {
    Topology built = Topology.empty(Platform.AUTO);
    Map<ResourceRef, Resource> state = new LinkedHashMap<>();
    for (Change change : changes) {
      built = built.apply(change);
      switch (change) {
        case Change.Put put -> state.put(put.resource().ref(), put.resource());
        case Change.Remove remove -> state.remove(remove.ref());
      }
    }
    Topology rebuilt = Topology.of(Platform.AUTO, state.values());
    assertThat(built).isEqualTo(rebuilt);
    assertThat(built.dialect()).isEqualTo(rebuilt.dialect());
    assertThat(answers(built)).isEqualTo(answers(rebuilt));
  }

  @Property(tries = 200)
  void aChangeLeavesTheEarlierTopologyAsItWas(
      @ForAll("changes") List<Change> changes, @ForAll("change") Change last) {
    Topology before = Topology.empty(Platform.AUTO);
    for (Change change : changes) {
      before = before.apply(change);
    }
    List<Object> answers = answers(before);
    before.apply(last);
    assertThat(answers(before)).isEqualTo(answers);
  }

  @Property(tries = 200)
  void aChangeThatIsUndoneLeavesNothingBehind(
      @ForAll("changes") List<Change> changes, @ForAll("resource") Resource resource) {
    Topology before = Topology.empty(Platform.AUTO);
    for (Change change : changes) {
      before = before.apply(change);
    }
    Change undo =
        before.find(resource.ref()).map(Change::put).orElseGet(() -> Change.remove(resource.ref()));
    assertThat(before.apply(Change.put(resource)).apply(undo)).isEqualTo(before);
  }

  /** What is resolved for every Service and rule: the indexes at work. */
  private static List<Object> answers(Topology topology) {
    return topology
        .resources()
        .sorted(java.util.Comparator.comparing(resource -> resource.ref().toString()))
        .<Object>map(
            resource ->
                switch (resource) {
                  case Service service -> resolved(topology, topology.backendOf(service));
                  case DestinationRule rule ->
                      topology.rules().backendsCoveredBy(rule, 100).stream()
                          .map(backend -> topology.rules().readersOf(rule, backend).toString())
                          .sorted()
                          .toList();
                  default -> resource.ref();
                })
        .toList();
  }

  private static List<Object> resolved(Topology topology, Backend backend) {
    return List.of(
        topology.waypoints().of(backend),
        topology.ingress().to(backend),
        topology.endpoints().trafficDistributionOf(backend),
        refs(topology.virtualServicesCovering(backend.host())),
        refs(topology.virtualServicesTo(backend.host())),
        topology.ingress().referencesTo(backend),
        topology.scopes().globalService(backend.resource().key()),
        Set.copyOf(topology.endpoints().of(backend, EndpointReader.ISTIOD_PROXY).known()),
        topology.endpoints().nodeLocalities(),
        topology.ingress().referencesToHost(backend.host()),
        refs(topology.ingress().backendPoliciesFor(backend).stream()),
        refs(topology.workloadEntries("a", Map.of("app", "a", "tier", "b"))),
        topology.rules().lookUp("a", backend));
  }

  private static List<String> refs(Stream<? extends Resource> resources) {
    return resources.map(resource -> resource.ref().toString()).sorted().toList();
  }

  @Provide
  Arbitrary<List<Change>> changes() {
    return change().list().ofMaxSize(60);
  }

  @Provide
  Arbitrary<Change> change() {
    Arbitrary<Change> puts = resource().map(Change::put);
    Arbitrary<Change> removes = resource().map(resource -> Change.remove(resource.ref()));
    return Arbitraries.frequencyOf(
        net.jqwik.api.Tuple.of(3, puts), net.jqwik.api.Tuple.of(1, removes));
  }

  @Provide
  Arbitrary<Resource> resource() {
    return Arbitraries.oneOf(
        List.of(
            services(),
            rules(),
            entries(),
            namespaces(),
            gateways(),
            routes(),
            pods(),
            slices(),
            grants(),
            classes(),
            deployments(),
            virtualServices(),
            workloads(),
            policies(),
            segments(),
            listenerSets(),
            nodes()));
  }

  private static Arbitrary<Metadata> metadata(Map<String, String> labels) {
    return Combinators.combine(
            Arbitraries.of(NAMES), Arbitraries.of(NAMES), Arbitraries.integers().between(0, 5))
        .as(
            (namespace, name, age) ->
                new Metadata(
                    namespace,
                    name,
                    labels,
                    Map.of(),
                    Instant.ofEpochSecond(age),
                    false,
                    List.of()));
  }

  private static Arbitrary<Metadata> labelled() {
    return Arbitraries.of(
            Map.<String, String>of(),
            Map.of(Keys.USE_WAYPOINT, "a"),
            Map.of(Keys.USE_WAYPOINT, "a", Keys.INGRESS_USE_WAYPOINT, "true"),
            Map.of(Keys.USE_WAYPOINT, "b", Keys.USE_WAYPOINT_NAMESPACE, "c"),
            Map.of(Keys.GATEWAY_NAME, "a"))
        .flatMap(TopologyPropertyTest::metadata);
  }

  private static Arbitrary<Resource> services() {
    return labelled()
        .map(
            metadata ->
                new Service(
                    metadata,
                    "ClusterIP",
                    List.of("10.0.0.1"),
                    Map.of(),
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    false));
  }

  private static Arbitrary<Resource> rules() {
    Arbitrary<String> hosts =
        Arbitraries.of(
            "a", "b", "a.b.svc.cluster.local", "*.a.svc.cluster.local", "*", "out.example");
    Arbitrary<List<String>> exports =
        Arbitraries.of(List.of(), List.of("."), List.of("*"), List.of("a"), List.of("a", "c"));
    return Combinators.combine(metadata(Map.of()), hosts, exports)
        .as(
            (metadata, host, exportTo) ->
                new DestinationRule(
                    metadata, host, exportTo, Optional.empty(), Optional.empty(), List.of()));
  }

  private static Arbitrary<Resource> entries() {
    return Combinators.combine(labelled(), Arbitraries.of("out.example", "*.out.example"))
        .as(
            (metadata, host) ->
                new ServiceEntry(
                    metadata,
                    List.of(host),
                    List.of(),
                    Optional.of(List.of()),
                    List.of(),
                    "MESH_EXTERNAL",
                    "STATIC",
                    List.of(),
                    Optional.empty(),
                    List.of()));
  }

  private static Arbitrary<Resource> namespaces() {
    return Combinators.combine(
            Arbitraries.of(NAMES),
            Arbitraries.of(
                Map.<String, String>of(),
                Map.of(Keys.USE_WAYPOINT, "a"),
                Map.of(Keys.SIDECAR_INJECTION, "enabled")))
        .as(
            (name, labels) ->
                new Namespace(
                    new Metadata("", name, labels, Map.of(), Instant.EPOCH, false, List.of())));
  }

  private static Arbitrary<Resource> gateways() {
    return Combinators.combine(
            metadata(Map.of()), Arbitraries.of("kgateway", "istio", "istio-waypoint"))
        .as(
            (metadata, className) ->
                new Gateway(
                    metadata,
                    className,
                    List.of(
                        new Gateway.Listener(
                            "http",
                            80,
                            "HTTP",
                            "",
                            Gateway.NamespacePolicy.SAME,
                            List.of(),
                            false)),
                    Gateway.NamespacePolicy.SAME,
                    Map.of(),
                    Optional.empty(),
                    Optional.of(List.of("10.0.0.9")),
                    false));
  }

  private static Arbitrary<Resource> routes() {
    Arbitrary<Route.BackendRef> backends =
        Arbitraries.of(
            new Route.BackendRef("", "Service", "", "a", Optional.of(80)),
            new Route.BackendRef("", "Service", "b", "a", Optional.of(80)),
            new Route.BackendRef(
                "networking.istio.io", "Hostname", "", "out.example", Optional.of(80)));
    Arbitrary<Route.ParentRef> parents =
        Arbitraries.of(
            new Route.ParentRef(
                "gateway.networking.k8s.io", "Gateway", "a", "a", "", Optional.empty()),
            new Route.ParentRef("", "Service", "a", "a", "", Optional.empty()));
    return Combinators.combine(
            metadata(Map.of()),
            Arbitraries.of(Kind.HTTP_ROUTE, Kind.GRPC_ROUTE),
            parents.list().ofMaxSize(2),
            backends.list().ofMaxSize(3))
        .as(
            (metadata, kind, ps, bs) ->
                new Route(metadata, kind, ps, List.of(), List.of(Route.Rule.to(bs))));
  }

  private static Arbitrary<Resource> pods() {
    return metadata(Map.of(Keys.GATEWAY_NAME, "a"))
        .map(metadata -> new Pod(metadata, "node", List.of("proxy"), Optional.empty()));
  }

  private static Arbitrary<Resource> slices() {
    return metadata(Map.of())
        .map(
            metadata ->
                new EndpointSlice(
                    metadata,
                    "a",
                    "IPv4",
                    List.of(new EndpointSlice.Endpoint("node", "zone", true, false, "a-1", 1))));
  }

  private static Arbitrary<Resource> grants() {
    return metadata(Map.of())
        .map(
            metadata ->
                new ReferenceGrant(
                    metadata,
                    List.of(new ReferenceGrant.From("gateway.networking.k8s.io", "HTTPRoute", "a")),
                    List.of(new ReferenceGrant.To("", "Service", ""))));
  }

  private static Arbitrary<Resource> classes() {
    return Arbitraries.of("kgateway.dev/kgateway", "istio.io/gateway-controller")
        .map(
            controller ->
                new GatewayClass(
                    Metadata.of("", controller.startsWith("istio") ? "istio" : "kgateway"),
                    controller));
  }

  private static Arbitrary<Resource> deployments() {
    return Combinators.combine(
            metadata(Map.of()),
            Arbitraries.of(
                "registry.example/pilot:1.29.0",
                "registry.example/kgateway:v2.3.1",
                "registry.example/kgateway:v2.0.0"))
        .as(
            (metadata, image) ->
                new Deployment(
                    metadata, List.of(new Deployment.Container("main", image, Map.of(), false))));
  }

  private static Arbitrary<Resource> virtualServices() {
    Arbitrary<String> hosts =
        Arbitraries.of("a", "a.b.svc.cluster.local", "*.a.svc.cluster.local", "out.example");
    return Combinators.combine(metadata(Map.of()), hosts, hosts)
        .as(
            (metadata, host, destination) ->
                new VirtualService(
                    metadata,
                    List.of(host),
                    List.of(),
                    List.of(),
                    List.of(new VirtualService.Destination(destination, "v1", Optional.of(80)))));
  }

  private static Arbitrary<Resource> workloads() {
    Arbitrary<Map<String, String>> labels =
        Arbitraries.of(
            Map.of(), Map.of("app", "a"), Map.of("app", "a", "tier", "b"), Map.of("tier", "b"));
    return Combinators.combine(labels.flatMap(TopologyPropertyTest::metadata), labels)
        .as(
            (metadata, specLabels) ->
                new WorkloadEntry(metadata, "", "network", "region/zone", specLabels));
  }

  private static Arbitrary<Resource> policies() {
    Arbitrary<PolicyTarget> targets =
        Arbitraries.of(
            new PolicyTarget("", "Service", "a", ""),
            new PolicyTarget("networking.istio.io", "Hostname", "out.example", ""));
    Arbitrary<BackendConfigPolicy.Selector> selectors =
        Arbitraries.of(
            new BackendConfigPolicy.Selector("", "Service", Map.of("app", "a")),
            new BackendConfigPolicy.Selector("", "Service", Map.of(Keys.GATEWAY_NAME, "b")));
    return Combinators.combine(
            metadata(Map.of()), targets.list().ofMaxSize(2), selectors.list().ofMaxSize(1))
        .as(
            (metadata, named, selecting) ->
                new BackendConfigPolicy(
                    metadata,
                    named,
                    selecting,
                    Set.of(BackendConfigPolicy.Setting.OUTLIER_DETECTION),
                    Optional.of(false)));
  }

  private static Arbitrary<Resource> segments() {
    return metadata(Map.of())
        .map(metadata -> new Segment(metadata, metadata.name() + ".internal", List.of()));
  }

  private static Arbitrary<Resource> listenerSets() {
    return Combinators.combine(
            metadata(Map.of()), Arbitraries.of(Kind.LISTENER_SET, Kind.X_LISTENER_SET))
        .as(
            (metadata, kind) ->
                new ListenerSet(
                    metadata,
                    kind,
                    new NamespacedName("a", "a"),
                    List.of(
                        new Gateway.Listener(
                            "more",
                            81,
                            "HTTP",
                            "",
                            Gateway.NamespacePolicy.SAME,
                            List.of(),
                            false))));
  }

  private static Arbitrary<Resource> nodes() {
    return Combinators.combine(
            Arbitraries.of("node", "other"),
            Arbitraries.of(Map.<String, String>of(), Map.of(Keys.REGION, "r", Keys.ZONE, "z")))
        .as(
            (name, labels) ->
                new Node(
                    new Metadata("", name, labels, Map.of(), Instant.EPOCH, false, List.of())));
  }
}
