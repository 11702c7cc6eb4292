package dev.lintel.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.topology.WaypointBinding.Bound;
import dev.lintel.topology.WaypointBinding.Excluded;
import dev.lintel.topology.WaypointBinding.Level;
import dev.lintel.topology.WaypointBinding.NotNamed;
import dev.lintel.topology.WaypointBinding.OptedOut;
import dev.lintel.topology.WaypointBinding.Reason;
import dev.lintel.topology.WaypointBinding.Unusable;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How istiod binds a host to a waypoint, step by step (docs/domain.md, 3.2). */
class WaypointsTest {

  private static final String HBONE = "{name: mesh, port: 15008, protocol: HBONE}";
  private static final String ONE = waypoint("one", "shop", "", HBONE);
  private static final String TWO = waypoint("two", "shop", "", HBONE);

  @Test
  void aServiceGeneratedForAWaypointOrAnEastWestGatewayNeverHasAWaypoint() {
    for (String by : List.of("istio.io-mesh-controller", "istio.io-eastwest-controller")) {
      assertThat(
              binding(
                  ONE, service("gateway.istio.io/managed: " + by + ", istio.io/use-waypoint: one")))
          .isInstanceOf(Excluded.class);
    }
  }

  @Test
  void aServiceGeneratedForAnotherGatewayMayHaveOne() {
    assertThat(
            binding(
                ONE,
                service(
                    "gateway.istio.io/managed: istio.io-gateway-controller, istio.io/use-waypoint:"
                        + " one")))
        .isInstanceOf(Bound.class);
  }

  @Test
  void withoutALabelThereIsNone() {
    assertThat(binding(ONE, service(""))).isInstanceOf(NotNamed.class);
    assertThat(binding(ONE, namespace("istio.io/dataplane-mode: ambient"), service("")))
        .isInstanceOf(NotNamed.class);
  }

  @Test
  void theLabelOfTheObjectNamesAGatewayOfItsOwnNamespace() {
    assertThat(binding(ONE, service("istio.io/use-waypoint: one")))
        .isInstanceOfSatisfying(
            Bound.class,
            bound -> {
              assertThat(bound.waypoint().key().toString()).isEqualTo("shop/one");
              assertThat(bound.level()).isEqualTo(Level.OBJECT);
            });
  }

  @Test
  void noneOptsOutAndTheNamespaceIsNotAsked() {
    assertThat(
            binding(
                ONE,
                namespace("istio.io/use-waypoint: one"),
                service("istio.io/use-waypoint: none")))
        .isEqualTo(new OptedOut(Level.OBJECT));
    assertThat(binding(ONE, namespace("istio.io/use-waypoint: none"), service("")))
        .isEqualTo(new OptedOut(Level.NAMESPACE));
  }

  @Test
  void anEmptyValueAndNoneInCapitalsAreNamesOfGatewaysThatNeverExist() {
    for (String value : List.of("\"\"", "None", "NONE")) {
      assertThat(
              obstacle(
                  ONE,
                  namespace("istio.io/use-waypoint: one"),
                  service("istio.io/use-waypoint: " + value)))
          .as(value)
          .isEqualTo(Reason.MISSING);
    }
  }

  @Test
  void whereTheObjectsWaypointCannotBeUsedTheNamespacesIsNotTried() {
    assertThat(
            binding(
                ONE,
                namespace("istio.io/use-waypoint: one"),
                service("istio.io/use-waypoint: absent")))
        .isInstanceOfSatisfying(
            Unusable.class,
            unusable -> {
              assertThat(unusable.named().toString()).isEqualTo("shop/absent");
              assertThat(unusable.level()).isEqualTo(Level.OBJECT);
              assertThat(unusable.reason()).isEqualTo(Reason.MISSING);
            });
  }

  @Test
  void theNamespacesLabelCountsWhereTheObjectHasNone() {
    assertThat(binding(ONE, TWO, namespace("istio.io/use-waypoint: two"), service("")))
        .isInstanceOfSatisfying(
            Bound.class,
            bound -> {
              assertThat(bound.waypoint().name()).isEqualTo("two");
              assertThat(bound.level()).isEqualTo(Level.NAMESPACE);
            });
  }

  @Test
  void theNamespaceOfTheWaypointIsReadBesideItsNameOnly() {
    String shared =
        waypoint(
            "shared",
            "infra",
            "",
            "{name: mesh, port: 15008, protocol: HBONE, " + from("All") + "}");
    assertThat(
            binding(
                shared,
                service("istio.io/use-waypoint: shared, istio.io/use-waypoint-namespace: infra")))
        .isInstanceOf(Bound.class);
    assertThat(
            binding(
                shared,
                namespace("istio.io/use-waypoint: shared, istio.io/use-waypoint-namespace: infra"),
                service("")))
        .isInstanceOf(Bound.class);
    assertThat(
            obstacle(
                shared,
                namespace("istio.io/use-waypoint-namespace: infra"),
                service("istio.io/use-waypoint: shared")))
        .isEqualTo(Reason.MISSING);
    assertThat(
            obstacle(
                shared,
                namespace("istio.io/use-waypoint: shared"),
                service("istio.io/use-waypoint-namespace: infra")))
        .isEqualTo(Reason.MISSING);
  }

  @Test
  void aGatewayWithoutAnAddressIsNotReady() {
    String pending = ONE.substring(0, ONE.indexOf("status:"));
    assertThat(obstacle(pending, service("istio.io/use-waypoint: one")))
        .isEqualTo(Reason.NOT_READY);
  }

  @Test
  void theClassDoesNotMatter() {
    for (String className : List.of("kgateway", "istio", "anything")) {
      assertThat(
              binding(
                  ONE.replace("istio-waypoint", className), service("istio.io/use-waypoint: one")))
          .as(className)
          .isInstanceOf(Bound.class);
    }
  }

  @Test
  void aListenerThatDoesNotSayAdmitsItsOwnNamespaceOnly() {
    assertThat(obstacle(infra(HBONE), fromShop())).isEqualTo(Reason.ATTACHMENT_DENIED);
    assertThat(obstacle(infra(listener(from("None"))), fromShop()))
        .isEqualTo(Reason.ATTACHMENT_DENIED);
    assertThat(
            binding(
                waypoint("one", "shop", "", listener(from("None"))),
                service("istio.io/use-waypoint: one")))
        .as("istiod takes None for Same")
        .isInstanceOf(Bound.class);
  }

  @Test
  void aListenerMayAdmitAllNamespacesOrThoseWithALabel() {
    assertThat(binding(infra(listener(from("All"))), fromShop())).isInstanceOf(Bound.class);
    assertThat(binding(infra(listener(tier())), namespace("tier: front"), fromShop()))
        .isInstanceOf(Bound.class);
    assertThat(obstacle(infra(listener(tier())), namespace("tier: back"), fromShop()))
        .isEqualTo(Reason.ATTACHMENT_DENIED);
  }

  @Test
  void everyNamespaceHasALabelWithItsName() {
    assertThat(
            binding(
                infra(listener(tier().replace("tier: front", "kubernetes.io/metadata.name: shop"))),
                fromShop()))
        .isInstanceOf(Bound.class);
  }

  @Test
  void theHboneListenerIsAskedAndNoOther() {
    String http = "{name: http, port: 80, protocol: HTTP, " + from("All") + "}";
    assertThat(obstacle(infra(http + ", " + HBONE), fromShop()))
        .isEqualTo(Reason.ATTACHMENT_DENIED);
    assertThat(obstacle(infra(http), fromShop()))
        .as("without an HBONE listener the own namespace is admitted")
        .isEqualTo(Reason.ATTACHMENT_DENIED);
    assertThat(obstacle(infra(listener(from("All")).replace("15008", "15009")), fromShop()))
        .as("the port has to be 15008")
        .isEqualTo(Reason.ATTACHMENT_DENIED);
  }

  @Test
  void theListenerOfASandwichedWaypointIsAskedFirst() {
    String proxy = "{name: proxy, port: 15088, protocol: istio.io/PROXY, " + from("All") + "}";
    String listeners = HBONE + ", " + proxy;
    for (String binding : List.of("PROXY", "PROXY/15088", "NONE/15088")) {
      assertThat(binding(bound(infra(listeners), binding), fromShop()))
          .as(binding)
          .isInstanceOf(Bound.class);
    }
    for (String binding : List.of("NONE", "PROXY/15089", "proxy", "PROXY/1/2", "HTTP/15088")) {
      assertThat(obstacle(bound(infra(listeners), binding), fromShop()))
          .as(binding)
          .isEqualTo(Reason.ATTACHMENT_DENIED);
    }
  }

  @Test
  void theBindingMayStandOnTheClass() {
    String proxy = "{name: proxy, port: 15088, protocol: istio.io/PROXY, " + from("All") + "}";
    String gatewayClass =
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: GatewayClass
        metadata: {name: istio-waypoint, annotations: {ambient.istio.io/waypoint-inbound-binding: PROXY}}
        spec: {controllerName: istio.io/mesh-controller}
        """;
    assertThat(binding(gatewayClass, infra(proxy), fromShop())).isInstanceOf(Bound.class);
  }

  @Test
  void aWaypointForOtherTrafficIsNotBound() {
    for (String traffic : List.of("workload", "none", "Service")) {
      assertThat(
              obstacle(
                  waypoint("one", "shop", "istio.io/waypoint-for: " + traffic, HBONE),
                  service("istio.io/use-waypoint: one")))
          .as(traffic)
          .isEqualTo(Reason.UNSUPPORTED_TRAFFIC_TYPE);
    }
    assertThat(
            binding(
                waypoint("one", "shop", "istio.io/waypoint-for: all", HBONE),
                service("istio.io/use-waypoint: one")))
        .isInstanceOf(Bound.class);
  }

  @Test
  void theGatewaysTrafficCountsBeforeItsClasss() {
    String workloads =
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: GatewayClass
        metadata: {name: istio-waypoint, labels: {istio.io/waypoint-for: workload}}
        spec: {controllerName: istio.io/mesh-controller}
        """;
    assertThat(obstacle(workloads, ONE, service("istio.io/use-waypoint: one")))
        .isEqualTo(Reason.UNSUPPORTED_TRAFFIC_TYPE);
    assertThat(
            binding(
                workloads,
                waypoint("one", "shop", "istio.io/waypoint-for: service", HBONE),
                service("istio.io/use-waypoint: one")))
        .isInstanceOf(Bound.class);
  }

  @Test
  void aServiceEntryIsBoundLikeAService() {
    Topology topology =
        Clusters.of(
            ONE,
            """
            apiVersion: networking.istio.io/v1
            kind: ServiceEntry
            metadata: {name: maps, namespace: shop, labels: {istio.io/use-waypoint: one}}
            spec: {hosts: [maps.example.net], resolution: DNS}
            """);
    assertThat(topology.waypoints().of(Clusters.entry(topology, "shop", "maps")))
        .isInstanceOf(Bound.class);
  }

  private static WaypointBinding binding(String... objects) {
    Topology topology = Clusters.of(objects);
    return topology.waypoints().of(Clusters.service(topology, "shop", "cart"));
  }

  private static Reason obstacle(String... objects) {
    WaypointBinding binding = binding(objects);
    assertThat(binding).isInstanceOf(Unusable.class);
    return ((Unusable) binding).reason();
  }

  private static String fromShop() {
    return service("istio.io/use-waypoint: shared, istio.io/use-waypoint-namespace: infra");
  }

  private static String infra(String listeners) {
    return waypoint("shared", "infra", "", listeners);
  }

  private static String bound(String waypoint, String binding) {
    return waypoint.replace(
        "labels: {}", "annotations: {ambient.istio.io/waypoint-inbound-binding: " + binding + "}");
  }

  private static String listener(String allowedRoutes) {
    return "{name: mesh, port: 15008, protocol: HBONE, " + allowedRoutes + "}";
  }

  private static String from(String from) {
    return "allowedRoutes: {namespaces: {from: " + from + "}}";
  }

  private static String tier() {
    return "allowedRoutes: {namespaces: {from: Selector, selector: {matchLabels: {tier: front}}}}";
  }

  private static String waypoint(String name, String namespace, String labels, String listeners) {
    return """
    apiVersion: gateway.networking.k8s.io/v1
    kind: Gateway
    metadata: {name: %s, namespace: %s, labels: {%s}}
    spec:
      gatewayClassName: istio-waypoint
      listeners: [%s]
    status: {addresses: [{value: 10.96.200.5}]}
    """
        .formatted(name, namespace, labels, listeners);
  }

  private static String namespace(String labels) {
    return "{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {" + labels + "}}}";
  }

  private static String service(String labels) {
    return """
    apiVersion: v1
    kind: Service
    metadata: {name: cart, namespace: shop, labels: {%s}}
    spec: {clusterIP: 10.96.40.11, ports: [{port: 8080}]}
    """
        .formatted(labels);
  }
}
