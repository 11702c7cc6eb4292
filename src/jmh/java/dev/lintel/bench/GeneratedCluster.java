package dev.lintel.bench;

import dev.lintel.mesh.Keys;
import dev.lintel.mesh.Platform;
import dev.lintel.resource.Deployment;
import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.GatewayClass;
import dev.lintel.resource.Kind;
import dev.lintel.resource.Metadata;
import dev.lintel.resource.Namespace;
import dev.lintel.resource.Pod;
import dev.lintel.resource.Resource;
import dev.lintel.resource.Route;
import dev.lintel.resource.Service;
import dev.lintel.resource.ServiceEntry;
import dev.lintel.resource.TrafficPolicy;
import dev.lintel.topology.Topology;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A cluster of any size with the proportions of the design's budget: for 10,000 Services 2,000
 * DestinationRules, 2,000 ServiceEntries, 500 routes and ten Gateways, a hundred Services to a
 * namespace and a waypoint in each.
 */
final class GeneratedCluster {

  private static final int SERVICES_PER_NAMESPACE = 100;
  private static final int GATEWAYS = 10;
  private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");

  private final int services;

  GeneratedCluster(int services) {
    this.services = services;
  }

  Topology topology() {
    return Topology.of(Platform.AUTO, resources().toList());
  }

  Stream<Resource> resources() {
    return Stream.of(
            controllers(),
            namespaces(),
            gateways(),
            IntStream.range(0, services).mapToObj(this::service),
            IntStream.range(0, services / 5).mapToObj(this::rule),
            IntStream.range(0, services / 5).mapToObj(GeneratedCluster::entry),
            IntStream.range(0, services / 20).mapToObj(this::route))
        .flatMap(stream -> stream);
  }

  /** Returns a Service; every tenth goes through its waypoint, and every twentieth has a route. */
  Service service(int number) {
    Map<String, String> labels =
        number % 10 == 0
            ? Map.of(Keys.USE_WAYPOINT, "waypoint", Keys.INGRESS_USE_WAYPOINT, "true")
            : Map.of();
    return new Service(
        metadata(namespaceOf(number), "service-" + number, labels),
        "ClusterIP",
        List.of("10." + (number >> 16) + "." + (number >> 8 & 255) + "." + (number & 255)),
        Map.of("app", "service-" + number),
        List.of(new Service.ServicePort("http", 8080, "8080", "TCP", "")),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  /** Returns a waypoint for a namespace. */
  Gateway waypoint(String namespace) {
    return gateway(namespace, "waypoint", "istio-waypoint", "HBONE", 15008);
  }

  /** Returns the rule of every fifth Service. */
  DestinationRule rule(int number) {
    int target = number * 5;
    return new DestinationRule(
        metadata(namespaceOf(target), "rule-" + number, Map.of()),
        "service-%d.%s.svc.cluster.local".formatted(target, namespaceOf(target)),
        List.of(),
        Optional.empty(),
        Optional.of(outlierDetection()),
        List.of());
  }

  private static TrafficPolicy outlierDetection() {
    return new TrafficPolicy(
        Optional.empty(),
        Optional.of(
            new TrafficPolicy.OutlierDetection(
                Map.of("consecutive5xxErrors", "5", "maxEjectionPercent", "50"))),
        Optional.empty(),
        Optional.empty(),
        java.util.Set.of(),
        List.of(),
        0);
  }

  private static Stream<Resource> controllers() {
    return Stream.of(
        new GatewayClass(Metadata.of("", "kgateway"), "kgateway.dev/kgateway"),
        new GatewayClass(Metadata.of("", "istio-waypoint"), "istio.io/mesh-controller"),
        deployment("istiod", "registry.example/istio/pilot:1.30.2", Map.of()),
        deployment(
            "kgateway",
            "registry.example/kgateway-dev/kgateway:v2.3.1",
            Map.of("KGW_ENABLE_ISTIO_INTEGRATION", "true", "KGW_ENABLE_WAYPOINT", "true")));
  }

  private static Deployment deployment(String name, String image, Map<String, String> environment) {
    return new Deployment(
        metadata(name.equals("istiod") ? "istio-system" : "kgateway-system", name, Map.of()),
        List.of(new Deployment.Container("main", image, environment, false)));
  }

  private Stream<Resource> namespaces() {
    int count = services / SERVICES_PER_NAMESPACE + 1;
    return IntStream.range(0, count)
        .boxed()
        .flatMap(
            number ->
                Stream.of(
                    new Namespace(
                        metadata("", "team-" + number, Map.of(Keys.DATAPLANE_MODE, "ambient"))),
                    gateway("team-" + number, "waypoint", "istio-waypoint", "HBONE", 15008)));
  }

  private static Stream<Resource> gateways() {
    return IntStream.range(0, GATEWAYS)
        .boxed()
        .flatMap(
            number ->
                Stream.of(
                    gateway("edge", "front-" + number, "kgateway", "HTTP", 80),
                    new Pod(
                        new Metadata(
                            "edge",
                            "front-" + number + "-0",
                            Map.of(Keys.GATEWAY_NAME, "front-" + number),
                            Map.of(Keys.REDIRECTION, "enabled"),
                            CREATED,
                            false,
                            List.of()),
                        "node-0",
                        List.of("proxy"),
                        Optional.empty())));
  }

  private static Gateway gateway(
      String namespace, String name, String className, String protocol, int port) {
    return new Gateway(
        metadata(namespace, name, Map.of()),
        className,
        List.of(
            new Gateway.Listener(
                "main",
                port,
                protocol,
                "",
                new Gateway.NamespacePolicy("All", Gateway.NamespacePolicy.SAME.selector()),
                List.of(),
                false)),
        Gateway.NamespacePolicy.NONE,
        Map.of(),
        Optional.empty(),
        Optional.of(List.of("192.0.2.1")),
        false);
  }

  private Resource route(int number) {
    int target = number * 20;
    return new Route(
        metadata(namespaceOf(target), "route-" + number, Map.of()),
        Kind.HTTP_ROUTE,
        List.of(
            new Route.ParentRef(
                "gateway.networking.k8s.io",
                "Gateway",
                "edge",
                "front-" + number % GATEWAYS,
                "",
                Optional.empty())),
        List.of("host-" + number + ".example.com"),
        List.of(
            Route.Rule.to(
                List.of(
                    new Route.BackendRef(
                        "", "Service", "", "service-" + target, Optional.of(8080))))));
  }

  private static Resource entry(int number) {
    return new ServiceEntry(
        metadata("egress", "entry-" + number, Map.of()),
        List.of("host-" + number + ".partner.example"),
        List.of(),
        Optional.of(List.of()),
        List.of(new ServiceEntry.Port(443, "tls", "TLS", 0)),
        "MESH_EXTERNAL",
        "DNS",
        List.of(),
        Optional.empty(),
        List.of());
  }

  private static String namespaceOf(int service) {
    return "team-" + service / SERVICES_PER_NAMESPACE;
  }

  private static Metadata metadata(String namespace, String name, Map<String, String> labels) {
    return new Metadata(namespace, name, labels, Map.of(), CREATED, false, List.of());
  }
}
