package dev.lintel.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.Kind;
import dev.lintel.resource.ResourceRef;
import org.junit.jupiter.api.Test;

/** Who reads a DestinationRule (docs/domain.md, 2.1, 4.4 and 8.3). */
class RuleReadersTest {

  private static final String MESH =
      """
      apiVersion: v1
      kind: Namespace
      metadata: {name: shop}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: cart, namespace: shop, labels: {istio.io/use-waypoint: infra, istio.io/use-waypoint-namespace: mesh}}
      spec: {clusterIP: 10.96.0.7, ports: [{port: 8080}]}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: stock, namespace: shop}
      spec: {clusterIP: 10.96.0.8, ports: [{port: 8080}]}
      ---
      apiVersion: gateway.networking.k8s.io/v1
      kind: Gateway
      metadata: {name: infra, namespace: mesh}
      spec:
        gatewayClassName: istio-waypoint
        listeners: [{name: mesh, port: 15008, protocol: HBONE, allowedRoutes: {namespaces: {from: All}}}]
      status: {addresses: [{value: 10.96.0.9}]}
      """;

  private static final String INGRESS =
      Clusters.INGRESS
          + """
      ---
      apiVersion: gateway.networking.k8s.io/v1
      kind: HTTPRoute
      metadata: {name: stock, namespace: shop}
      spec:
        parentRefs: [{name: front, namespace: edge}]
        rules: [{backendRefs: [{name: stock, port: 8080}]}]
      """;

  @Test
  void aWaypointReadsTheRuleOfItsOwnNamespaceBeforeTheServices() {
    Topology topology =
        Clusters.of(
            MESH,
            rule("mesh", "default", "'*.svc.cluster.local'", ""),
            rule("shop", "cart", "cart.shop.svc.cluster.local", ""));
    assertThat(readers(topology, "mesh", "default", "cart").waypoints())
        .extracting(Gateway::name)
        .containsExactly("infra");
    RuleReaders hidden = readers(topology, "shop", "cart", "cart");
    assertThat(hidden.waypoints()).isEmpty();
    assertThat(hidden.otherWaypoints()).extracting(Gateway::name).containsExactly("infra");
    assertThat(hidden.isNobody()).isTrue();
  }

  @Test
  void theMostSpecificHostIsChosenBeforeItIsAskedToWhomItIsExported() {
    Topology topology =
        Clusters.of(
            MESH,
            rule("shop", "default", "'*.shop.svc.cluster.local'", ""),
            rule("shop", "cart", "cart.shop.svc.cluster.local", "exportTo: [edge]"));
    assertThat(readers(topology, "shop", "default", "cart").waypoints()).isEmpty();
    assertThat(readers(topology, "shop", "cart", "cart").waypoints()).isEmpty();
  }

  @Test
  void aPrivateRuleHidesNothingFromTheWaypointOfAnotherNamespace() {
    Topology topology =
        Clusters.of(
            MESH,
            rule("shop", "default", "'*.shop.svc.cluster.local'", ""),
            rule("shop", "cart", "cart.shop.svc.cluster.local", "exportTo: ['.']"));
    assertThat(readers(topology, "shop", "default", "cart").waypoints()).hasSize(1);
  }

  @Test
  void aRuleWithASelectorTakesAWildcardAwayFromTheWaypointAndIsNotReadEither() {
    Topology topology =
        Clusters.of(
            MESH,
            rule("mesh", "default", "'*.svc.cluster.local'", ""),
            rule(
                "mesh",
                "cart",
                "cart.shop.svc.cluster.local",
                "workloadSelector: {matchLabels: {app: front}}"));
    assertThat(readers(topology, "mesh", "default", "cart").waypoints()).isEmpty();
    assertThat(readers(topology, "mesh", "cart", "cart").waypoints()).isEmpty();
  }

  @Test
  void theWaypointOfAServiceReadsTheRulesOfWhereItsRoutesLead() {
    String route =
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: canary, namespace: shop}
        spec:
          parentRefs: [{group: "", kind: Service, name: cart}]
          rules: [{backendRefs: [{name: stock, port: 8080}]}]
        """;
    Topology topology =
        Clusters.of(MESH, route, rule("shop", "stock", "stock.shop.svc.cluster.local", ""));
    assertThat(readers(topology, "shop", "stock", "stock").waypoints())
        .extracting(Gateway::name)
        .containsExactly("infra");
    assertThat(topology.waypoints().meshDestinationsOf(Clusters.service(topology, "shop", "cart")))
        .extracting(Backend::host)
        .extracting(Object::toString)
        .containsExactly("stock.shop.svc.cluster.local");
  }

  @Test
  void theWaypointOfAServiceReadsTheRulesOfWhereAVirtualServiceLeads() {
    String route =
        """
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: cart, namespace: shop}
        spec:
          hosts: [cart]
          http: [{route: [{destination: {host: stock}}]}]
        """;
    Topology topology =
        Clusters.of(MESH, route, rule("shop", "stock", "stock.shop.svc.cluster.local", ""));
    assertThat(readers(topology, "shop", "stock", "stock").waypoints())
        .extracting(Gateway::name)
        .containsExactly("infra");
    assertThat(topology.waypoints().meshDestinationsOf(Clusters.service(topology, "shop", "cart")))
        .hasSize(1);
  }

  @Test
  void atKgatewayTheOldestRuleForEveryoneWinsFromAnyNamespace() {
    Topology topology =
        Clusters.of(
            MESH,
            INGRESS,
            aged("other", "old", "stock.shop.svc.cluster.local", 1, ""),
            aged("shop", "new", "stock.shop.svc.cluster.local", 2, ""),
            aged("edge", "mine", "stock.shop.svc.cluster.local", 0, "exportTo: ['.']"));
    assertThat(applies(topology, "other", "old")).isTrue();
    assertThat(applies(topology, "shop", "new")).isFalse();
    assertThat(applies(topology, "edge", "mine")).isFalse();
  }

  @Test
  void aSelectorThatMayMatchLeavesItOpenWhichRuleTheGatewayApplies() {
    Topology topology =
        Clusters.of(
            MESH,
            INGRESS,
            aged(
                "other",
                "old",
                "stock.shop.svc.cluster.local",
                1,
                "workloadSelector: {matchLabels: {app: front}}"),
            aged("shop", "new", "stock.shop.svc.cluster.local", 2, ""));
    for (String[] rule : new String[][] {{"other", "old"}, {"shop", "new"}}) {
      assertThat(
              readers(topology, rule[0], rule[1], "stock").atGateways().findFirst().orElseThrow())
          .as(rule[1])
          .isInstanceOf(RuleReading.Unknown.class);
    }
  }

  @Test
  void sidecarsAndIstioGatewaysMayReadWhatIsExportedToThem() {
    String rule = rule("shop", "stock", "stock.shop.svc.cluster.local", "");
    String sidecars =
        "{apiVersion: v1, kind: Namespace, metadata: {name: old, labels: {istio-injection:"
            + " enabled}}}";
    String gateway =
        "{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: g, namespace:"
            + " old}, spec: {gatewayClassName: istio}}";
    String elsewhere = rule("third", "stock", "stock.shop.svc.cluster.local", "");
    assertThat(maybe(Clusters.of(MESH, rule), "shop")).isFalse();
    assertThat(maybe(Clusters.of(MESH, sidecars, rule), "shop")).isTrue();
    assertThat(maybe(Clusters.of(MESH, gateway, rule), "shop")).isTrue();
    assertThat(maybe(Clusters.of(MESH, sidecars, elsewhere), "third")).isFalse();
  }

  @Test
  void aRuleForAGlobalHostBesideItsServiceMayBeRead() {
    String entry =
        """
        apiVersion: v1
        kind: Namespace
        metadata: {name: istio-system}
        ---
        apiVersion: networking.istio.io/v1
        kind: ServiceEntry
        metadata:
          name: autogen.shop.stock
          namespace: istio-system
          labels:
            solo.io/parent-service: stock
            solo.io/parent-service-namespace: shop
            istio.io/use-waypoint: infra
            istio.io/use-waypoint-namespace: mesh
        spec: {hosts: [stock.shop.mesh.internal], resolution: STATIC}
        """;
    Topology topology =
        Clusters.of(
            MESH,
            entry,
            rule("shop", "stock", "stock.shop.mesh.internal", ""),
            rule("web", "stock", "stock.shop.mesh.internal", ""));
    Backend backend = Clusters.entry(topology, "istio-system", "autogen.shop.stock");
    assertThat(topology.rules().readersOf(find(topology, "shop", "stock"), backend).isNobody())
        .isFalse();
    assertThat(topology.rules().readersOf(find(topology, "web", "stock"), backend).isNobody())
        .isTrue();
  }

  @Test
  void aWildcardCoversTheServiceEntriesBelowIt() {
    String entry =
        """
        apiVersion: networking.istio.io/v1
        kind: ServiceEntry
        metadata: {name: rates, namespace: shop}
        spec: {hosts: [rates.partner.example, "*.maps.example"], resolution: STATIC}
        """;
    Topology topology =
        Clusters.of(
            entry, rule("shop", "partner", "'*.partner.example'", ""), rule("a", "b", "'*'", ""));
    assertThat(topology.rules().backendsCoveredBy(find(topology, "shop", "partner"), 9)).hasSize(1);
    assertThat(topology.rules().backendsCoveredBy(find(topology, "a", "b"), 9)).hasSize(2);
    assertThat(topology.rules().below(new dev.lintel.mesh.HostName("*"))).hasSize(2);
    assertThat(topology.rules().below(new dev.lintel.mesh.HostName("*.example")))
        .extracting(DestinationRule::name)
        .containsExactly("partner");
  }

  @Test
  void aWaypointSaysWhyItDoesNotApplyARule() {
    String own = "cart.shop.svc.cluster.local";
    String selector = "workloadSelector: {matchLabels: {app: front}}";
    assertThat(atWaypoint(rule("shop", "a", own, ""))).isInstanceOf(RuleReading.Applied.class);
    assertThat(atWaypoint(rule("edge", "a", own, "")))
        .isInstanceOfSatisfying(
            RuleReading.NotSearched.class,
            reading ->
                assertThat(reading.searched()).containsExactly("mesh", "shop", "istio-system"));
    assertThat(atWaypoint(rule("shop", "a", own, selector)))
        .isInstanceOf(RuleReading.HasSelector.class);
    assertThat(atWaypoint(rule("shop", "a", own, "exportTo: ['.']")))
        .isInstanceOf(RuleReading.NotExported.class);
    assertThat(atWaypoint(rule("shop", "a", own, ""), rule("mesh", "b", "'*'", "")))
        .isInstanceOfSatisfying(RuleReading.Hidden.class, reading -> isNamed(reading.by(), "b"));
    assertThat(atWaypoint(rule("shop", "a", own, ""), rule("mesh", "b", "'*'", selector)))
        .isInstanceOfSatisfying(RuleReading.Hidden.class, reading -> isNamed(reading.by(), "b"));
    assertThat(
            atWaypoint(
                rule("shop", "a", "'*.cluster.local'", ""),
                rule("shop", "b", own, "exportTo: [edge]")))
        .isInstanceOfSatisfying(RuleReading.Hidden.class, reading -> isNamed(reading.by(), "b"));
  }

  @Test
  void aWaypointKeepsOnePolicyOfTheRulesThatItMerges() {
    String own = "cart.shop.svc.cluster.local";
    String policy = "trafficPolicy: {tls: {mode: DISABLE}}";
    assertThat(atWaypoint(aged("shop", "a", own, 2, policy), aged("shop", "b", own, 1, policy)))
        .isInstanceOfSatisfying(RuleReading.Displaced.class, reading -> isNamed(reading.by(), "b"));
    assertThat(
            atWaypoint(
                aged("shop", "a", own, 2, "exportTo: [edge, mesh]"),
                aged("shop", "b", own, 1, "exportTo: [edge]")))
        .as("merged into a rule that is exported elsewhere")
        .isInstanceOf(RuleReading.NotFound.class);
  }

  @Test
  void ofRulesThatStandAloneAWaypointReadsTheNewest() {
    String own = "cart.shop.svc.cluster.local";
    assertThat(
            atWaypoint(aged("mesh", "a", own, 1, ""), aged("mesh", "b", own, 2, "exportTo: ['*']")))
        .isInstanceOfSatisfying(RuleReading.SetAside.class, reading -> isNamed(reading.by(), "b"));
    assertThat(
            atWaypoint(aged("mesh", "a", own, 2, ""), aged("mesh", "b", own, 1, "exportTo: ['*']")))
        .isInstanceOf(RuleReading.Applied.class);
  }

  @Test
  void aRuleWithASelectorSwallowsAPrivateOneWhateverItsAge() {
    String own = "cart.shop.svc.cluster.local";
    String selecting = aged("mesh", "b", own, 5, "workloadSelector: {matchLabels: {app: front}}");
    assertThat(atWaypoint(aged("mesh", "a", own, 1, "exportTo: ['.']"), selecting))
        .isInstanceOfSatisfying(RuleReading.Swallowed.class, reading -> isNamed(reading.by(), "b"));
    for (String exportTo : new String[] {"", "exportTo: [mesh]", "exportTo: ['.', web]"}) {
      assertThat(atWaypoint(aged("mesh", "a", own, 1, exportTo), selecting))
          .as(exportTo)
          .isInstanceOf(RuleReading.Applied.class);
    }
  }

  @Test
  void aWaypointHasNoRulesForAHostThatIsNotExportedToIt() {
    String rule = rule("shop", "a", "cart.shop.svc.cluster.local", "");
    for (String exportTo : new String[] {".", "shop", "~", "shop, web"}) {
      assertThat(atWaypoint(rule, cartExportedTo(exportTo)))
          .as(exportTo)
          .isInstanceOf(RuleReading.HostNotExported.class);
    }
    for (String exportTo : new String[] {"", "*", "mesh", ".,mesh"}) {
      assertThat(atWaypoint(rule, cartExportedTo(exportTo)))
          .as(exportTo)
          .isInstanceOf(RuleReading.Applied.class);
    }
  }

  @Test
  void theNamespaceOfTheServiceCountsWhereAnEntryHasItsName() {
    String stub =
        """
        apiVersion: networking.istio.io/v1
        kind: ServiceEntry
        metadata: {name: stub, namespace: qa, labels: {istio.io/use-waypoint: infra, istio.io/use-waypoint-namespace: mesh}}
        spec: {hosts: [cart.shop.svc.cluster.local], addresses: [10.9.9.9], resolution: STATIC}
        """;
    Topology topology =
        Clusters.of(
            MESH,
            stub,
            rule("shop", "a", "cart.shop.svc.cluster.local", ""),
            rule("qa", "b", "cart.shop.svc.cluster.local", ""));
    Backend backend = Clusters.entry(topology, "qa", "stub");
    assertThat(topology.rules().readersOf(find(topology, "shop", "a"), backend).applyingWaypoints())
        .hasSize(1);
    assertThat(
            topology
                .rules()
                .readersOf(find(topology, "qa", "b"), backend)
                .of(RuleReading.NotSearched.class))
        .singleElement()
        .satisfies(
            reading ->
                assertThat(reading.searched()).containsExactly("mesh", "shop", "istio-system"));
  }

  @Test
  void aWaypointOfAgentgatewayReadsNoneAndOfOthersItIsNotKnown() {
    String rule = rule("shop", "a", "cart.shop.svc.cluster.local", "");
    assertThat(atWaypoint(rule, waypointOf("istio-agentgateway-waypoint")))
        .isInstanceOf(RuleReading.ReadsNone.class);
    assertThat(atWaypoint(rule, waypointOf("kgateway-waypoint")))
        .isInstanceOf(RuleReading.Unknown.class);
    assertThat(atWaypoint(rule, waypointOf("istio-waypoint")))
        .isInstanceOf(RuleReading.Applied.class);
  }

  private static String cartExportedTo(String written) {
    return """
        apiVersion: v1
        kind: Service
        metadata:
          name: cart
          namespace: shop
          labels: {istio.io/use-waypoint: infra, istio.io/use-waypoint-namespace: mesh}
          annotations: {networking.istio.io/exportTo: "%s"}
        spec: {clusterIP: 10.96.0.7, ports: [{port: 8080}]}
        """
        .formatted(written);
  }

  private static String waypointOf(String className) {
    return """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: infra, namespace: mesh}
        spec:
          gatewayClassName: %s
          listeners: [{name: mesh, port: 15008, protocol: HBONE, allowedRoutes: {namespaces: {from: All}}}]
        status: {addresses: [{value: 10.96.0.9}]}
        """
        .formatted(className);
  }

  @Test
  void aGatewaySaysWhyItDoesNotApplyARule() {
    String own = "stock.shop.svc.cluster.local";
    String pod =
        """
        apiVersion: v1
        kind: Pod
        metadata:
          name: front-1
          namespace: edge
          labels: {gateway.networking.k8s.io/gateway-name: front}
        spec: {containers: [{name: proxy}]}
        """;
    assertThat(atGateway(INGRESS, rule("other", "a", own, "")))
        .isInstanceOf(RuleReading.Applied.class);
    assertThat(atGateway(INGRESS, rule("shop", "a", own, "exportTo: ['.']")))
        .isInstanceOf(RuleReading.NotExported.class);
    assertThat(
            atGateway(
                INGRESS + "---\n" + pod,
                rule("shop", "a", own, "workloadSelector: {matchLabels: {app: back}}")))
        .isInstanceOf(RuleReading.HasSelector.class);
    assertThat(atGateway(INGRESS, rule("shop", "a", "stock", "")))
        .isInstanceOfSatisfying(
            RuleReading.OtherSpelling.class,
            reading -> assertThat(reading.canonical()).isEqualTo(own));
    assertThat(atGateway(INGRESS.replace("\"true\"", "\"false\""), rule("shop", "a", own, "")))
        .isInstanceOfSatisfying(
            RuleReading.IntegrationOff.class,
            reading -> assertThat(reading.reason()).contains("KGW_ENABLE_ISTIO_INTEGRATION"));
  }

  @Test
  void aGatewayTakesRulesForEveryoneFirstAndThenTheOldest() {
    String own = "stock.shop.svc.cluster.local";
    assertThat(atGateway(INGRESS, aged("shop", "a", own, 2, ""), aged("other", "b", own, 1, "")))
        .isInstanceOfSatisfying(RuleReading.Displaced.class, reading -> isNamed(reading.by(), "b"));
    assertThat(
            atGateway(
                INGRESS,
                aged("edge", "a", own, 1, "exportTo: ['.']"),
                aged("other", "b", own, 2, "")))
        .isInstanceOfSatisfying(RuleReading.Hidden.class, reading -> isNamed(reading.by(), "b"));
  }

  @Test
  void aGatewayThatSendsToTheAddressPicksNoPod() {
    String way =
        """
        apiVersion: v1
        kind: Service
        metadata:
          name: stock
          namespace: shop
          labels:
            istio.io/use-waypoint: infra
            istio.io/use-waypoint-namespace: mesh
            istio.io/ingress-use-waypoint: "true"
        spec: {clusterIP: 10.96.0.8, ports: [{port: 8080}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata:
          name: front-1
          namespace: edge
          labels: {gateway.networking.k8s.io/gateway-name: front}
          annotations: {ambient.istio.io/redirection: enabled}
        spec: {containers: [{name: proxy}]}
        ---
        """;
    String honouring =
        INGRESS.replace(
            "value: \"true\"}", "value: \"true\"}, {name: KGW_ENABLE_WAYPOINT, value: \"true\"}");
    assertThat(atGateway(way + honouring, rule("edge", "a", "stock.shop.svc.cluster.local", "")))
        .isInstanceOf(RuleReading.PicksNoPod.class);
  }

  private static RuleReading atWaypoint(String rule, String... others) {
    Topology topology = Clusters.of(MESH, rule, String.join("---\n", others));
    return ofFirst(topology, "cart").atWaypoints().findFirst().orElseThrow();
  }

  private static RuleReading atGateway(String ingress, String rule, String... others) {
    Topology topology = Clusters.of(MESH, ingress, rule, String.join("---\n", others));
    return ofFirst(topology, "stock").atGateways().findFirst().orElseThrow();
  }

  /** Returns who reads the rule with the name {@code a}. */
  private static RuleReaders ofFirst(Topology topology, String service) {
    DestinationRule rule =
        topology.destinationRules().filter(r -> r.name().equals("a")).findFirst().orElseThrow();
    return topology.rules().readersOf(rule, Clusters.service(topology, "shop", service));
  }

  private static void isNamed(DestinationRule rule, String name) {
    assertThat(rule.name()).isEqualTo(name);
  }

  private static boolean maybe(Topology topology, String namespace) {
    return readers(topology, namespace, "stock", "stock").istiodClients();
  }

  private static boolean applies(Topology topology, String namespace, String name) {
    return !readers(topology, namespace, name, "stock").applyingLegs().isEmpty();
  }

  private static RuleReaders readers(
      Topology topology, String namespace, String name, String service) {
    return topology
        .rules()
        .readersOf(find(topology, namespace, name), Clusters.service(topology, "shop", service));
  }

  private static DestinationRule find(Topology topology, String namespace, String name) {
    return (DestinationRule)
        topology.find(new ResourceRef(Kind.DESTINATION_RULE, namespace, name)).orElseThrow();
  }

  private static String rule(String namespace, String name, String host, String more) {
    return aged(namespace, name, host, 0, more);
  }

  private static String aged(String namespace, String name, String host, int age, String more) {
    return """
    apiVersion: networking.istio.io/v1
    kind: DestinationRule
    metadata: {name: %s, namespace: %s, creationTimestamp: "2026-01-0%dT00:00:00Z"}
    spec:
      host: %s
      %s
    """
        .formatted(name, namespace, age + 1, host, more);
  }
}
