package dev.lintel.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.mesh.KgatewayDistribution;
import dev.lintel.mesh.Platform;
import dev.lintel.topology.IngressPath.ThroughWaypoint;
import dev.lintel.topology.IngressPath.WaypointBypassed;
import dev.lintel.topology.IngressPath.WaypointSkippedBehindVip;
import dev.lintel.topology.WaypointBinding.Reason;
import dev.lintel.topology.WaypointBinding.Unusable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The truth table of docs/domain.md, 4.3, row by row, and what remains where a fact is unknown. */
class IngressPathsTest {

  private static final String SHOP = namespace("");
  private static final String CART = service("", "clusterIP: 10.96.40.11");
  private static final String WITH_WAYPOINT =
      service("istio.io/use-waypoint: waypoint", "clusterIP: 10.96.40.11");
  private static final String WITH_INGRESS_LABEL =
      service("istio.io/ingress-use-waypoint: \"true\"", "clusterIP: 10.96.40.11");
  private static final String BOTH = "istio.io/use-waypoint: waypoint, " + ingress("true");
  private static final String WITH_BOTH = service(BOTH, "clusterIP: 10.96.40.11");
  private static final String HEADLESS_WITH_BOTH = service(BOTH, "clusterIP: None");

  private static final String WAYPOINT =
      """
      apiVersion: gateway.networking.k8s.io/v1
      kind: Gateway
      metadata: {name: waypoint, namespace: shop}
      spec:
        gatewayClassName: istio-waypoint
        listeners: [{name: mesh, port: 15008, protocol: HBONE}]
      status: {addresses: [{value: 10.96.200.5}]}
      """;
  private static final String WAYPOINT_WITHOUT_ADDRESS =
      WAYPOINT.substring(0, WAYPOINT.indexOf("status:"));
  private static final String WAYPOINT_FOR_WORKLOADS =
      WAYPOINT.replace(
          "namespace: shop}", "namespace: shop, labels: {istio.io/waypoint-for: workload}}");
  private static final String WAYPOINT_FOR_NAMESPACES_IN_TIER_FRONT =
      WAYPOINT.replace(
          "protocol: HBONE}",
          "protocol: HBONE, allowedRoutes: {namespaces: {from: Selector, selector: {matchLabels:"
              + " {tier: front}}}}}");

  private static final String ROUTE =
      """
      apiVersion: gateway.networking.k8s.io/v1
      kind: HTTPRoute
      metadata: {name: cart, namespace: shop}
      spec:
        parentRefs: [{name: front, namespace: edge}]
        rules: [{backendRefs: [{name: cart, port: 8080}]}]
      """;
  private static final String GATEWAY = gateway("front", "kgateway");
  private static final String CAPTURED =
      pod("front-1", "annotations: {ambient.istio.io/redirection: enabled}");
  private static final String NOT_CAPTURED = pod("front-2", "annotations: {}");
  private static final String HONOURS_THE_LABEL =
      controller("KGW_ENABLE_WAYPOINT, value: \"true\"");
  private static final String IGNORES_THE_LABEL =
      controller("KGW_ENABLE_WAYPOINT, value: \"false\"");

  @Test
  void p1AGatewayThatIsNotCapturedSendsInClearToThePod() {
    assertThat(paths(CART, NOT_CAPTURED, HONOURS_THE_LABEL)).containsExactly("P1");
  }

  @Test
  void p1NoLabelAndNoWaypointChangesThat() {
    assertThat(paths(WITH_BOTH, WAYPOINT, NOT_CAPTURED, HONOURS_THE_LABEL)).containsExactly("P1");
    assertThat(paths(HEADLESS_WITH_BOTH, WAYPOINT, NOT_CAPTURED, HONOURS_THE_LABEL))
        .containsExactly("P1");
  }

  @Test
  void p2WithoutLabelsTheGatewayPicksThePod() {
    assertThat(paths(CART, WAYPOINT, CAPTURED, HONOURS_THE_LABEL)).containsExactly("P2");
  }

  @Test
  void p3AWaypointWithoutTheIngressLabelIsBypassed() {
    IngressLeg leg = leg(WITH_WAYPOINT, WAYPOINT, CAPTURED, HONOURS_THE_LABEL);
    assertThat(leg.paths())
        .singleElement()
        .isInstanceOfSatisfying(
            WaypointBypassed.class,
            path -> assertThat(path.binding()).isInstanceOf(WaypointBinding.Bound.class));
    assertThat(labels(leg)).containsExactly("P3");
  }

  @Test
  void p3ItIsBypassedEvenIfNobodyElseCouldUseIt() {
    assertThat(paths(WITH_WAYPOINT, CAPTURED, HONOURS_THE_LABEL)).containsExactly("P3");
  }

  @Test
  void p4TheIngressLabelWithoutAWaypointDoesNothing() {
    assertThat(paths(WITH_INGRESS_LABEL, WAYPOINT, CAPTURED, HONOURS_THE_LABEL))
        .containsExactly("P4");
    assertThat(
            paths(
                service("istio.io/use-waypoint: none, " + ingress("true"), "clusterIP: 10.0.0.1"),
                WAYPOINT,
                CAPTURED,
                HONOURS_THE_LABEL))
        .containsExactly("P4");
  }

  @Test
  void p5WithBothLabelsRequestsPassTheWaypoint() {
    IngressLeg leg = leg(WITH_BOTH, WAYPOINT, CAPTURED, HONOURS_THE_LABEL);
    assertThat(leg.paths())
        .singleElement()
        .isInstanceOfSatisfying(
            ThroughWaypoint.class,
            path -> assertThat(path.waypoint().key().toString()).isEqualTo("shop/waypoint"));
    assertThat(labels(leg)).containsExactly("P5");
  }

  @Test
  void p5BothLabelsMayStandOnTheNamespace() {
    assertThat(paths(CART, namespace(BOTH), WAYPOINT, CAPTURED, HONOURS_THE_LABEL))
        .containsExactly("P5");
  }

  @Test
  void p6AWaypointThatIstiodDoesNotBindIsSkippedBehindTheAddress() {
    assertThat(reason(WITH_BOTH)).isEqualTo(Reason.MISSING);
    assertThat(reason(WITH_BOTH, WAYPOINT_WITHOUT_ADDRESS)).isEqualTo(Reason.NOT_READY);
    assertThat(reason(WITH_BOTH, WAYPOINT_FOR_NAMESPACES_IN_TIER_FRONT))
        .isEqualTo(Reason.ATTACHMENT_DENIED);
    assertThat(reason(WITH_BOTH, WAYPOINT_FOR_WORKLOADS))
        .isEqualTo(Reason.UNSUPPORTED_TRAFFIC_TYPE);
  }

  @Test
  void p7WithoutAnAddressTheClusterIsEmpty() {
    assertThat(paths(HEADLESS_WITH_BOTH, WAYPOINT, CAPTURED, HONOURS_THE_LABEL))
        .containsExactly("P7");
  }

  @Test
  void p7ItIsEmptyWhetherOrNotTheWaypointCouldBeUsed() {
    assertThat(paths(HEADLESS_WITH_BOTH, CAPTURED, HONOURS_THE_LABEL)).containsExactly("P7");
  }

  @Test
  void p7AServiceEntryHasNoAddressWhereIstiodAllocatesNone() {
    String entry =
        """
        apiVersion: networking.istio.io/v1
        kind: ServiceEntry
        metadata: {name: maps, namespace: shop, labels: {%s}}
        spec: {hosts: [maps.example.net], resolution: DNS, ports: [{number: 443, name: https, protocol: HTTPS}]}
        """
            .formatted(BOTH);
    String route =
        ROUTE.replace(
            "{name: cart, port: 8080}",
            "{group: networking.istio.io, kind: ServiceEntry, name: maps, port: 443}");
    String[] cluster = {SHOP, GATEWAY, route, entry, WAYPOINT, CAPTURED, HONOURS_THE_LABEL};
    assertThat(entryPaths(append(cluster, istiod("true")))).containsExactly("P5");
    assertThat(entryPaths(append(cluster, istiod("false")))).containsExactly("P7");
    assertThat(entryPaths(cluster)).as("istiod is not visible").containsExactly("P5");
  }

  @Test
  void anythingButExactlyTrueIsFalseForKgateway() {
    for (String value : List.of("True", "TRUE", "t", "1", "yes", "")) {
      assertThat(
              paths(
                  service(
                      "istio.io/use-waypoint: waypoint, " + ingress(value), "clusterIP: 10.0.0.1"),
                  WAYPOINT,
                  CAPTURED,
                  HONOURS_THE_LABEL))
          .as(value)
          .containsExactly("P3");
    }
  }

  @Test
  void oneTrueIsEnoughForKgatewayWhateverTheObjectSays() {
    assertThat(
            paths(
                service(ingress("false"), "clusterIP: 10.0.0.1"),
                namespace(BOTH),
                WAYPOINT,
                CAPTURED,
                HONOURS_THE_LABEL))
        .containsExactly("P5");
  }

  @Test
  void aControllerThatIgnoresTheLabelPicksThePod() {
    assertThat(paths(WITH_BOTH, WAYPOINT, CAPTURED, IGNORES_THE_LABEL)).containsExactly("P3");
    assertThat(paths(HEADLESS_WITH_BOTH, WAYPOINT, CAPTURED, IGNORES_THE_LABEL))
        .containsExactly("P3");
    assertThat(paths(WITH_INGRESS_LABEL, CAPTURED, IGNORES_THE_LABEL)).containsExactly("P2");
  }

  @Test
  void kgatewayGoesByTheLabelsOfAServiceThatIstiodGeneratedAndGaveNoWaypoint() {
    String managed = "gateway.istio.io/managed: istio.io-mesh-controller, ";
    String vip = "clusterIP: 10.96.40.11";
    String both = service(managed + BOTH, vip);
    assertThat(paths(both, WAYPOINT, CAPTURED, HONOURS_THE_LABEL)).containsExactly("P6");
    assertThat(reason(both, WAYPOINT)).isEqualTo(Reason.GENERATED_SERVICE);
    assertThat(paths(both, CAPTURED, HONOURS_THE_LABEL)).containsExactly("P6");
    String headless = service(managed + BOTH, "clusterIP: None");
    assertThat(paths(headless, WAYPOINT, CAPTURED, HONOURS_THE_LABEL)).containsExactly("P7");
    String ingressOnly = service(managed + ingress("true"), vip);
    assertThat(paths(ingressOnly, WAYPOINT, CAPTURED, HONOURS_THE_LABEL)).containsExactly("P4");
  }

  @Test
  void whereTheControllerIsNotKnownTheWaypointIsPassedOrBypassed() {
    assertThat(paths(WITH_BOTH, WAYPOINT, CAPTURED)).containsExactly("P5", "P3");
    assertThat(paths(WITH_BOTH, CAPTURED)).containsExactly("P6", "P3");
    assertThat(paths(HEADLESS_WITH_BOTH, WAYPOINT, CAPTURED)).containsExactly("P7", "P3");
  }

  @Test
  void whereNothingIsLabelledTheControllerDoesNotMatter() {
    assertThat(paths(CART, CAPTURED)).containsExactly("P2");
    assertThat(paths(WITH_WAYPOINT, WAYPOINT, CAPTURED)).containsExactly("P3");
    assertThat(paths(WITH_INGRESS_LABEL, CAPTURED)).containsExactly("P4");
  }

  @Test
  void whereNoPodOfTheGatewayIsKnownRequestsMayGoInClear() {
    assertThat(paths(CART, HONOURS_THE_LABEL)).containsExactly("P1", "P2");
    assertThat(paths(WITH_BOTH, WAYPOINT, HONOURS_THE_LABEL)).containsExactly("P1", "P5");
  }

  @Test
  void whereOnlySomePodsAreCapturedRequestsMayGoInClear() {
    assertThat(paths(WITH_BOTH, WAYPOINT, CAPTURED, NOT_CAPTURED, HONOURS_THE_LABEL))
        .containsExactly("P1", "P5");
  }

  @Test
  void whereNeitherCaptureNorControllerIsKnownAllThreeArePossible() {
    IngressLeg leg = leg(WITH_BOTH, WAYPOINT);
    assertThat(labels(leg)).containsExactly("P1", "P5", "P3");
    assertThat(leg.possibly(ThroughWaypoint.class::isInstance)).isTrue();
    assertThat(leg.certainly(ThroughWaypoint.class::isInstance)).isFalse();
    assertThat(leg.certainly(IngressPath::gatewayPicksPod)).isFalse();
  }

  @Test
  void enterpriseKgatewayHonoursTheLabel() {
    Topology topology =
        Clusters.of(
            SHOP, WITH_BOTH, WAYPOINT, ROUTE, gateway("front", "enterprise-kgateway"), CAPTURED);
    IngressLeg leg = leg(topology);
    assertThat(leg.kgateway().distribution()).isEqualTo(KgatewayDistribution.ENTERPRISE);
    assertThat(labels(leg)).containsExactly("P5");
  }

  @Test
  void whatThePolicySaysOfTheControllerCounts() {
    String[] cluster = {SHOP, WITH_BOTH, WAYPOINT, ROUTE, GATEWAY, CAPTURED, HONOURS_THE_LABEL};
    assertThat(labels(leg(Clusters.of(ingressUseWaypoints(false), cluster)))).containsExactly("P3");
    assertThat(labels(leg(Clusters.of(ingressUseWaypoints(true), cluster)))).containsExactly("P5");
  }

  @Test
  void thePathBelongsToAGatewayAndAService() {
    String inner =
        ROUTE
            .replace("name: cart, namespace: shop", "name: inner, namespace: shop")
            .replace("name: front", "name: inner");
    Topology topology =
        Clusters.of(
            SHOP,
            WITH_BOTH,
            WAYPOINT,
            ROUTE,
            inner,
            GATEWAY,
            gateway("inner", "kgateway"),
            CAPTURED,
            pod("inner-1", "annotations: {}").replace("gateway-name: front", "gateway-name: inner"),
            HONOURS_THE_LABEL);
    List<IngressLeg> legs = topology.ingress().to(Clusters.service(topology, "shop", "cart"));
    assertThat(legs).extracting(leg -> leg.gateway().name()).containsExactly("front", "inner");
    assertThat(legs).map(IngressPathsTest::labels).containsExactly(List.of("P5"), List.of("P1"));
  }

  @Test
  void gatewaysOfIstioAndOfAgentgatewayAreNoneOfKgateways() {
    for (String className : List.of("istio", "agentgateway", "istio-waypoint", "other")) {
      Topology topology = Clusters.of(SHOP, CART, ROUTE, gateway("front", className), CAPTURED);
      assertThat(topology.ingress().to(Clusters.service(topology, "shop", "cart")))
          .as(className)
          .isEmpty();
    }
  }

  @Test
  void withoutARouteThereIsNoPath() {
    Topology topology = Clusters.of(SHOP, CART, GATEWAY, CAPTURED);
    assertThat(topology.ingress().to(Clusters.service(topology, "shop", "cart"))).isEmpty();
  }

  private static Reason reason(String... objects) {
    String[] cluster = append(objects, CAPTURED, HONOURS_THE_LABEL);
    IngressPath path = leg(cluster).paths().getFirst();
    assertThat(path.label()).isEqualTo("P6");
    return path instanceof WaypointSkippedBehindVip(Unusable binding)
        ? binding.reason()
        : Reason.MISSING;
  }

  private static List<String> entryPaths(String... cluster) {
    Topology topology = Clusters.of(cluster);
    return topology.ingress().to(Clusters.entry(topology, "shop", "maps")).stream()
        .flatMap(leg -> labels(leg).stream())
        .toList();
  }

  private static List<String> paths(String... objects) {
    return labels(leg(objects));
  }

  private static List<String> labels(IngressLeg leg) {
    return leg.paths().stream().map(IngressPath::label).toList();
  }

  /** What is given replaces what every cluster here has: Namespace, Gateway and route. */
  private static IngressLeg leg(String... objects) {
    String[] cluster = new String[objects.length + 3];
    cluster[0] = SHOP;
    cluster[1] = GATEWAY;
    cluster[2] = ROUTE;
    System.arraycopy(objects, 0, cluster, 3, objects.length);
    return leg(Clusters.of(cluster));
  }

  private static IngressLeg leg(Topology topology) {
    List<IngressLeg> legs = topology.ingress().to(Clusters.service(topology, "shop", "cart"));
    assertThat(legs).hasSize(1);
    return legs.getFirst();
  }

  private static String[] append(String[] objects, String... more) {
    return Stream.of(objects, more).flatMap(Arrays::stream).toArray(String[]::new);
  }

  private static Platform ingressUseWaypoints(boolean honoured) {
    Platform auto = Platform.AUTO;
    return new Platform(
        auto.clusterDomain(),
        auto.rootNamespace(),
        auto.istio(),
        auto.istioVersion(),
        auto.kgateway(),
        auto.istioIntegration(),
        Optional.of(honoured),
        auto.referenceGrantMode(),
        auto.scopeSource(),
        auto.globalDomain(),
        auto.trafficDistributionTiers(),
        auto.kubernetesVersion(),
        auto.kgatewayNamespaces());
  }

  private static String ingress(String value) {
    return "istio.io/ingress-use-waypoint: \"" + value + "\"";
  }

  private static String namespace(String labels) {
    return "{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {" + labels + "}}}";
  }

  private static String service(String labels, String address) {
    return """
    apiVersion: v1
    kind: Service
    metadata: {name: cart, namespace: shop, labels: {%s}}
    spec: {%s, ports: [{port: 8080}]}
    """
        .formatted(labels, address);
  }

  private static String gateway(String name, String className) {
    return """
    apiVersion: gateway.networking.k8s.io/v1
    kind: Gateway
    metadata: {name: %s, namespace: edge}
    spec:
      gatewayClassName: %s
      listeners: [{name: http, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: All}}}]
    """
        .formatted(name, className);
  }

  private static String pod(String name, String annotations) {
    return """
    apiVersion: v1
    kind: Pod
    metadata:
      name: %s
      namespace: edge
      labels: {gateway.networking.k8s.io/gateway-name: front}
      %s
    """
        .formatted(name, annotations);
  }

  private static String controller(String variable) {
    return deployment("kgateway", "registry.example/kgateway:v2.3.1", variable);
  }

  private static String istiod(String allocates) {
    return deployment(
        "istiod",
        "registry.example/istio/pilot:1.30.2",
        "PILOT_ENABLE_IP_AUTOALLOCATE, value: \"" + allocates + "\"");
  }

  private static String deployment(String name, String image, String variable) {
    return """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: %s, namespace: %s}
    spec:
      template:
        spec:
          containers: [{name: controller, image: "%s", env: [{name: %s}]}]
    """
        .formatted(
            name, name.equals("istiod") ? "istio-system" : "kgateway-system", image, variable);
  }
}
