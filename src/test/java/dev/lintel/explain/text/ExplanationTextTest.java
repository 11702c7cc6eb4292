package dev.lintel.explain.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.explain.Explanation;
import dev.lintel.explain.Shops;
import dev.lintel.report.Style;
import dev.lintel.resource.Kind;
import dev.lintel.resource.ResourceRef;
import dev.lintel.topology.Topology;
import org.junit.jupiter.api.Test;

/** What a person reads: each path of docs/domain.md, 4.3, and everything around it. */
class ExplanationTextTest {

  private static final String PLAIN = Shops.cart("app: cart", "clusterIP: 10.96.40.11");
  private static final String WITH_WAYPOINT =
      Shops.cart("istio.io/use-waypoint: waypoint", "clusterIP: 10.96.40.11");
  private static final String BOTH =
      "istio.io/use-waypoint: waypoint, istio.io/ingress-use-waypoint: \"true\"";
  private static final String WITH_BOTH = Shops.cart(BOTH, "clusterIP: 10.96.40.11");
  private static final String CAPTURED = Shops.gatewayPod(Shops.CAPTURED, "n1");

  @Test
  void p1SaysThatTheConnectionIsInClear() {
    assertThat(path(PLAIN, Shops.gatewayPod(Shops.NOT_CAPTURED, "n1"), Shops.RULE))
        .isEqualTo(
            """
            Path from Gateway edge/front: P1, in clear to the Pod, past ztunnel
              because               ztunnel captures none of its Pods
              0. clients outside the cluster -> Gateway edge/front
                picked by             the load balancer in front of it; no setting of the mesh decides here
                carried by            the network outside the mesh
              1. Gateway edge/front -> the endpoints of Service shop/cart
                picked by             Gateway edge/front, an Envoy driven by kgateway
                traffic distribution  Any (kgateway's default: nothing that it looks at sets one)
                compares              nothing: all endpoints are equally close
                DestinationRule       shop/cart
                carried by            nobody of the mesh: the connection is in clear
                note                  there is no mutual TLS: a strict PeerAuthentication resets these connections
            """);
  }

  @Test
  void theWayToTheGatewayIsDecidedByNoSettingOfTheMesh() {
    assertThat(path(PLAIN, CAPTURED))
        .contains(
            """
              0. clients outside the cluster -> Gateway edge/front
                picked by             the load balancer in front of it; no setting of the mesh decides here
            """);
  }

  @Test
  void aModeThatSomebodyChoseIsNobodysDefault() {
    String chosen =
        Shops.cart("app: cart", "clusterIP: 10.96.40.11, trafficDistribution: PreferClose");
    assertThat(path(chosen, CAPTURED))
        .contains("PreferSameZone (`PreferClose`, spec.trafficDistribution of Service shop/cart)")
        .doesNotContain("default");
  }

  @Test
  void p2SaysThatTheGatewayPicksThePod() {
    assertThat(path(PLAIN, CAPTURED))
        .isEqualTo(
            """
            Path from Gateway edge/front: P2, the gateway picks the Pod
              because               ztunnel captures its Pods
                                    neither Service shop/cart nor its Namespace sets istio.io/ingress-use-waypoint
                                    no waypoint is named
              0. clients outside the cluster -> Gateway edge/front
                picked by             the load balancer in front of it; no setting of the mesh decides here
                carried by            the network outside the mesh
              1. Gateway edge/front -> the endpoints of Service shop/cart
                picked by             Gateway edge/front, an Envoy driven by kgateway
                traffic distribution  Any (kgateway's default: nothing that it looks at sets one)
                compares              nothing: all endpoints are equally close
                DestinationRule       none for this host
                carried by            ztunnel, in HBONE (mutual TLS) where the endpoint is in the mesh
            """);
  }

  @Test
  void p3SaysWhoseRoutesAndPoliciesDoNotAct() {
    assertThat(path(WITH_WAYPOINT, Shops.WAYPOINT, CAPTURED))
        .startsWith(
            "Path from Gateway edge/front: P3, the gateway picks the Pod, past the waypoint\n")
        .contains("waypoint shop/waypoint is bound, named by Service shop/cart\n")
        .contains(
            """
                note                  waypoint shop/waypoint is bypassed: its routes, policies and DestinationRules act on
                                      callers in the mesh only
            """);
  }

  @Test
  void p4SaysThatTheLabelDoesNothing() {
    assertThat(
            path(
                Shops.cart("istio.io/ingress-use-waypoint: \"true\"", "clusterIP: 10.96.40.11"),
                CAPTURED))
        .startsWith("Path from Gateway edge/front: P4, the gateway picks the Pod\n")
        .contains(
            """
                                    istio.io/ingress-use-waypoint is true on Service shop/cart
                                    the controller honours the label
                                    no waypoint is named
            """)
        .contains(
            "note                  istio.io/ingress-use-waypoint does nothing without a waypoint");
  }

  @Test
  void p5SaysWhoPicksOnEachOfThreeLegs() {
    assertThat(path(WITH_BOTH, Shops.WAYPOINT, CAPTURED, Shops.RULE))
        .isEqualTo(
            """
            Path from Gateway edge/front: P5, through the waypoint
              because               ztunnel captures its Pods
                                    istio.io/ingress-use-waypoint is true on Service shop/cart
                                    the controller honours the label
                                    waypoint shop/waypoint is bound, named by Service shop/cart
                                    the virtual IP is 10.96.40.11
              0. clients outside the cluster -> Gateway edge/front
                picked by             the load balancer in front of it; no setting of the mesh decides here
                carried by            the network outside the mesh
              1. Gateway edge/front -> the virtual IP of cart.shop.svc.cluster.local
                carried by            ztunnel of the Gateway's node takes it up
                note                  the outlierDetection of DestinationRule shop/cart is put on this one address;
                                      nothing else of it acts
              2. ztunnel -> the Pods of waypoint shop/waypoint
                picked by             ztunnel
                traffic distribution  PreferSameZone (istiod's default: `PreferClose`, annotation of Service
                                      shop/waypoint)
                compares              network, then region, then zone; others serve when no closer one is left
                DestinationRule       none: ztunnel reads no DestinationRules
                carried by            ztunnel, in HBONE (mutual TLS)
              3. waypoint shop/waypoint -> the endpoints of Service shop/cart
                picked by             waypoint shop/waypoint, an Envoy driven by istiod
                traffic distribution  Any (istiod's default: nothing that it looks at sets one)
                compares              nothing: all endpoints are equally close
                DestinationRule       shop/cart
                carried by            ztunnel, in HBONE (mutual TLS) where the endpoint is in the mesh
            """);
  }

  @Test
  void p6SaysWhyTheWaypointIsSkipped() {
    String path = path(WITH_BOTH, CAPTURED, Shops.RULE);
    assertThat(path)
        .startsWith(
            "Path from Gateway edge/front: P6, to the virtual IP, where the waypoint is skipped\n")
        .contains(
            "waypoint shop/waypoint is named by Service shop/cart and not used: it does not exist")
        .contains(
            """
              2. ztunnel -> the endpoints of Service shop/cart
                picked by             ztunnel
            """)
        .contains("waypoint shop/waypoint is skipped without a word: it does not exist");
    assertThat(path.substring(path.indexOf("2. ztunnel")))
        .contains("DestinationRule       none: ztunnel reads no DestinationRules");
  }

  @Test
  void p7SaysThatEveryRequestGetsA503() {
    assertThat(path(Shops.cart(BOTH, "clusterIP: None"), Shops.WAYPOINT, CAPTURED))
        .startsWith("Path from Gateway edge/front: P7, to no endpoint: every request gets a 503\n")
        .contains("there is no virtual IP: the Service is headless\n")
        .contains("1. Gateway edge/front -> nothing\n")
        .containsOnlyOnce("picked by");
  }

  @Test
  void whereAFactIsUnknownEveryPossiblePathIsTold() {
    assertThat(path(WITH_BOTH, Shops.WAYPOINT))
        .startsWith(
            "Path from Gateway edge/front: P1, in clear to the Pod, past ztunnel; or P5, through"
                + " the waypoint\n")
        .contains(
            "because               whether ztunnel captures its Pods: no Pod of Gateway edge/front"
                + " is known")
        .contains("[unknown]")
        .contains("  if P1, in clear to the Pod, past ztunnel\n")
        .contains("  if P5, through the waypoint\n");
  }

  @Test
  void endpointsAreRankedByWhereTheGatewayIs() {
    String nodes =
        """
        {apiVersion: v1, kind: Node, metadata: {name: n1, labels: {topology.kubernetes.io/region: eu, topology.kubernetes.io/zone: eu-a}}}
        ---
        {apiVersion: v1, kind: Node, metadata: {name: n2, labels: {topology.kubernetes.io/region: eu, topology.kubernetes.io/zone: eu-b}}}
        ---
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {name: cart-1, namespace: shop, labels: {kubernetes.io/service-name: cart}}
        addressType: IPv4
        endpoints:
          - {addresses: [10.0.0.1], nodeName: n1, conditions: {ready: true}}
          - {addresses: [10.0.0.2], nodeName: n2, conditions: {ready: true}}
          - {addresses: [10.0.0.3], nodeName: n2, conditions: {ready: false}}
        """;
    String text =
        Shops.text(
            Shops.explainCart(
                PLAIN.replace("clusterIP", "trafficDistribution: PreferClose, clusterIP"),
                CAPTURED,
                nodes));
    assertThat(text)
        .contains(
            """
            Endpoints             3, 2 of them ready
                                  1 in region eu, zone eu-a
                                  2 in region eu, zone eu-b
            """)
        .contains(
            """
                traffic distribution  PreferSameZone (`PreferClose`, spec.trafficDistribution of Service shop/cart)
                compares              network, then zone; others serve when no closer one is left
            """)
        .contains(
            """
                from 1 Pod            in network none, zone eu-a
                                      priority 0: 1 endpoint in network none, zone eu-a (same network, zone)
                                      priority 1: 1 endpoint in network none, zone eu-b (same network)
            """);
  }

  @Test
  void aRuleThatSetsLocalityDisplacesTheTrafficDistribution() {
    assertThat(
            path(
                PLAIN.replace("clusterIP", "trafficDistribution: PreferClose, clusterIP"),
                CAPTURED,
                Shops.RULE.replace(
                    "tls: {mode: ISTIO_MUTUAL}",
                    "loadBalancer: {localityLbSetting: {enabled: true}}")))
        .contains("displaced by localityLbSetting of")
        .contains("DestinationRule shop/cart")
        .doesNotContain("compares");
  }

  @Test
  void zoneAwarenessOfAPolicyDisplacesTheTrafficDistributionAtTheGateway() {
    String policy =
        """
        apiVersion: gateway.kgateway.dev/v1alpha1
        kind: BackendConfigPolicy
        metadata: {name: zones, namespace: shop}
        spec:
          targetRefs: [{group: "", kind: Service, name: cart}]
          loadBalancer: {zoneAware: {}}
        """;
    String rejected =
        policy
            + """
            status:
              ancestors:
                - controllerName: kgateway.dev/kgateway
                  conditions: [{type: Accepted, status: "False", reason: Invalid}]
            """;
    String cart = PLAIN.replace("clusterIP", "trafficDistribution: PreferClose, clusterIP");
    assertThat(path(cart, CAPTURED, policy))
        .contains("displaced by zoneAware of")
        .contains("BackendConfigPolicy shop/zones")
        .doesNotContain("compares");
    assertThat(path(cart, CAPTURED, rejected)).doesNotContain("displaced").contains("compares");
  }

  @Test
  void aWaypointTakesEndpointsOfItsOwnNodeBesideInternalTrafficPolicyLocal() {
    String cart =
        WITH_BOTH.replace(
            "clusterIP",
            "trafficDistribution: PreferClose, internalTrafficPolicy: Local, clusterIP");
    String path = path(cart, Shops.WAYPOINT, CAPTURED, Shops.RULE);
    assertThat(path.substring(path.indexOf("3. waypoint shop/waypoint")))
        .contains(
            """
                traffic distribution  this node or nothing (internalTrafficPolicy: Local)
                compares              node; others never serve
            """);
  }

  @Test
  void everyReaderOfARuleIsToldWithWhatItIgnores() {
    Topology topology = Shops.of(WITH_BOTH, Shops.WAYPOINT, CAPTURED, Shops.RULE);
    String text =
        Shops.text(
            Shops.explain(
                topology,
                topology
                    .find(new ResourceRef(Kind.DESTINATION_RULE, "shop", "cart"))
                    .orElseThrow()));
    assertThat(text)
        .startsWith("DestinationRule shop/cart\n")
        .contains("Sets                  outlierDetection, tls\n")
        .contains(
            """
            Read for cart.shop.svc.cluster.local
              defined by Service shop/cart
              Gateway edge/front      no: it picks no endpoint (P5); outlierDetection is put on the one address
              waypoint shop/waypoint  yes: it picks the endpoints by it
                                      ignores tls
              ztunnel                 no: it reads no DestinationRules
            """)
        .contains("warn  [DR-012] ");
  }

  @Test
  void aRefusedParentAndAMissingGrantAreNamed() {
    String routes =
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: cart, namespace: other}
        spec:
          parentRefs: [{name: front, namespace: edge, sectionName: https}, {name: gone}]
          rules: [{backendRefs: [{name: cart, namespace: shop, port: 8080}]}]
        """;
    assertThat(Shops.text(Shops.explainCart(PLAIN, CAPTURED, routes)))
        .contains(
            """
              HTTPRoute other/cart (every host) -> Service shop/cart:8080, refused: no ReferenceGrant permits it
                not at Gateway edge/front: it has no such listener
                not at Gateway other/gone: it does not exist
            """);
  }

  @Test
  void aRouteThatDelegatesIsNamed() {
    String routes =
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: cart, namespace: shop}
        spec:
          rules: [{backendRefs: [{name: cart, port: 8080}]}]
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: root, namespace: edge}
        spec:
          parentRefs: [{name: front}]
          hostnames: [shop.example.com]
          rules: [{backendRefs: [{group: gateway.networking.k8s.io, kind: HTTPRoute, name: cart, namespace: shop}]}]
        """;
    Topology topology = Shops.of(PLAIN, CAPTURED, routes);
    assertThat(Shops.text(Shops.explainCart(PLAIN, CAPTURED, routes)))
        .contains("    at Gateway edge/front, listener http, delegated by HTTPRoute edge/root\n");
    assertThat(
            Shops.text(
                Shops.explain(
                    topology,
                    topology.find(new ResourceRef(Kind.HTTP_ROUTE, "edge", "root")).orElseThrow())))
        .contains("  -> HTTPRoute shop/cart\n    delegates to HTTPRoute shop/cart\n");
  }

  @Test
  void aGatewayTellsItsRoutesWithTheirPaths() {
    Topology topology = Shops.of(WITH_BOTH, Shops.WAYPOINT, CAPTURED);
    assertThat(Shops.text(Shops.explain(topology, topology.gateway("edge", "front").orElseThrow())))
        .contains("Class                 kgateway: kgateway\n")
        .contains(
            """
            Routes
              HTTPRoute shop/cart, listener http
                -> Service cart:8080
                  from Gateway edge/front: P5, through the waypoint
            """)
        .doesNotContain("Findings");
    assertThat(
            Shops.text(Shops.explain(topology, topology.gateway("shop", "waypoint").orElseThrow())))
        .contains("it serves traffic for: service\n")
        .contains("Hosts that are bound to it\n  cart.shop.svc.cluster.local\n");
  }

  @Test
  void aWordThatNoReaderKnowsIsToldForEachReader() {
    assertThat(
            Shops.text(
                Shops.explainCart(
                    PLAIN.replace(
                        "labels:",
                        "annotations: {networking.istio.io/traffic-distribution: PreferNetwork},"
                            + " labels:"),
                    CAPTURED)))
        .contains(
            """
            Traffic distribution  `PreferNetwork` on Service shop/cart (networking.istio.io/traffic-distribution)
                                    istiod: Any, the value is unknown; kgateway: PreferNetwork
            """);
  }

  @Test
  void coloursAreForTerminals() {
    Explanation explanation = Shops.explainCart(PLAIN, CAPTURED);
    assertThat(Shops.text(explanation)).doesNotContain("\033");
    assertThat(Shops.written(new ExplanationText(Style.COLOURED), explanation))
        .contains("\033[1mService shop/cart\033[0m");
  }

  @Test
  void namesThatSteerATerminalAreDefused() {
    String hostile = PLAIN.replace("name: http,", "name: \"a\\e[31m\\nb\",");
    assertThat(Shops.text(Shops.explainCart(hostile, CAPTURED)))
        .contains("8080 a [31m b")
        .doesNotContain("\033");
  }

  /** Returns the part that tells the path, with the line that follows it left out. */
  private static String path(String... objects) {
    String text = Shops.text(Shops.explainCart(objects));
    return text.substring(
        text.indexOf("Path from"), text.indexOf("\nDestinationRules for this host"));
  }
}
