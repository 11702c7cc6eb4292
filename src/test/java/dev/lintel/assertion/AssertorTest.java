package dev.lintel.assertion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.assertion.AssertionReport.Outcome;
import dev.lintel.assertion.AssertionReport.Result;
import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.explain.Explainer;
import dev.lintel.explain.Shops;
import dev.lintel.judge.Judge;
import dev.lintel.policy.Assertions;
import dev.lintel.policy.Policy;
import dev.lintel.resource.Kind;
import dev.lintel.topology.Topology;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What becomes of each claim on the paths of docs/domain.md, 4.3. */
class AssertorTest {

  private static final String CAPTURED = Shops.gatewayPod(Shops.CAPTURED, "n1");
  private static final String IN_CLEAR = Shops.gatewayPod(Shops.NOT_CAPTURED, "n1");
  private static final String CART = Shops.cart("", "clusterIP: 10.96.0.1");
  private static final String CART_AT_WAYPOINT =
      Shops.cart(
          "istio.io/use-waypoint: waypoint, istio.io/ingress-use-waypoint: \"true\"",
          "clusterIP: 10.96.0.1");
  private static final String CART_PAST_WAYPOINT =
      Shops.cart("istio.io/use-waypoint: waypoint", "clusterIP: 10.96.0.1");

  private static final Topology PICKED = Shops.of(CART, CAPTURED, Shops.RULE);
  private static final Topology BEHIND = Shops.of(CART_AT_WAYPOINT, Shops.WAYPOINT, CAPTURED);
  private static final Topology PAST = Shops.of(CART_PAST_WAYPOINT, Shops.WAYPOINT, CAPTURED);
  private static final Topology CLEAR = Shops.of(CART, IN_CLEAR);
  private static final Topology UNTOLD = Shops.of(CART);

  @Test
  void aPathThroughTheWaypointPassesIt() {
    assertThat(outcome(BEHIND, "throughWaypoint: shop/waypoint")).isEqualTo(Outcome.HOLDS);
    assertThat(outcome(BEHIND, "throughWaypoint: '*'")).isEqualTo(Outcome.HOLDS);
    assertThat(result(BEHIND, "throughWaypoint: shop/other").breaches())
        .singleElement()
        .satisfies(found -> assertThat(found.why()).isEqualTo("it passes waypoint shop/waypoint"));
  }

  @Test
  void aPathPastTheWaypointIsShownLegByLeg() {
    Result result = result(PAST, "throughWaypoint: shop/waypoint");
    assertThat(result.outcome()).isEqualTo(Outcome.BROKEN);
    assertThat(result.breaches())
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.why()).startsWith("P3, ");
              assertThat(found.path().orElseThrow().possibilities().getFirst().legs()).hasSize(1);
              assertThat(found.way().spoken())
                  .isEqualTo("Gateway edge/front to cart.shop.svc.cluster.local");
            });
  }

  @Test
  void whatIsInClearIsNotEncrypted() {
    assertThat(outcome(CLEAR, "encrypted: true")).isEqualTo(Outcome.BROKEN);
    assertThat(outcome(PICKED, "encrypted: true")).isEqualTo(Outcome.HOLDS);
    assertThat(outcome(BEHIND, "encrypted: true")).isEqualTo(Outcome.HOLDS);
  }

  @Test
  void aPolicyForTlsLeavesItOpenWhetherSomethingIsInClear() {
    Topology topology =
        Shops.of(
            CART,
            IN_CLEAR,
            """
            apiVersion: gateway.networking.k8s.io/v1
            kind: BackendTLSPolicy
            metadata: {name: cart, namespace: shop}
            spec:
              targetRefs: [{group: "", kind: Service, name: cart}]
              validation: {hostname: cart, wellKnownCACertificates: System}
            """);
    assertThat(outcome(topology, "encrypted: true")).isEqualTo(Outcome.UNTOLD);
  }

  @Test
  void pastTheMeshNobodyKnowsWhetherItIsEncrypted() {
    Topology topology =
        Shops.of(
            CART,
            CAPTURED,
            "{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {}}}");
    assertThat(result(topology, "encrypted: true").doubts())
        .singleElement()
        .satisfies(doubt -> assertThat(doubt.reason()).contains("not in ambient mode"));
  }

  @Test
  void whatIsNotKnownBreaksNothing() {
    assertThat(result(UNTOLD, "encrypted: true").doubts())
        .singleElement()
        .satisfies(doubt -> assertThat(doubt.reason()).startsWith("whether ztunnel captures"));
  }

  @Test
  void whatIsSoOnEveryPossiblePathIsKnown() {
    assertThat(outcome(UNTOLD, "throughWaypoint: '*'")).isEqualTo(Outcome.BROKEN);
    assertThat(outcome(UNTOLD, "trafficDistribution: Any")).isEqualTo(Outcome.HOLDS);
  }

  @Test
  void aNamespaceThatIsNotKnownMayNameAWaypoint() {
    Topology topology =
        Shops.of(
            CART.replace("namespace: shop", "namespace: away"),
            CAPTURED,
            """
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: away, namespace: away}
            spec:
              parentRefs: [{name: front, namespace: edge}]
              rules: [{backendRefs: [{name: cart, port: 8080}]}]
            """);
    assertThat(result(topology, "throughWaypoint: '*'").doubts())
        .singleElement()
        .satisfies(doubt -> assertThat(doubt.reason()).contains("Namespace away is not known"));
    assertThat(outcome(topology, "onlyFrom: [edge/other]")).isEqualTo(Outcome.BROKEN);
  }

  @Test
  void aHostIsReachedByThoseThatRouteToItOnly() {
    assertThat(outcome(PICKED, "onlyFrom: [edge/front]")).isEqualTo(Outcome.HOLDS);
    assertThat(outcome(PICKED, "onlyFrom: ['*']")).isEqualTo(Outcome.HOLDS);
    assertThat(outcome(PICKED, "onlyFrom: [edge/other]")).isEqualTo(Outcome.BROKEN);
  }

  @Test
  void aGatewayOfIstioReachesAHostToo() {
    Topology topology =
        Shops.of(
            CART,
            """
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata: {name: front, namespace: edge}
            spec:
              gatewayClassName: istio
              listeners: [{name: http, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: All}}}]
            """);
    assertThat(outcome(topology, "onlyFrom: [edge/front]")).isEqualTo(Outcome.HOLDS);
    assertThat(outcome(topology, "onlyFrom: [edge/other]")).isEqualTo(Outcome.BROKEN);
    assertThat(outcome(topology, "encrypted: true")).isEqualTo(Outcome.UNTOLD);
  }

  @Test
  void aTrafficDistributionIsThatOfWhoPicks() {
    String zone = "annotations: {networking.istio.io/traffic-distribution: PreferSameZone}, ";
    String cart = CART_AT_WAYPOINT.replace("labels:", zone + "labels:");
    Topology topology = Shops.of(cart, Shops.WAYPOINT, CAPTURED);
    assertThat(outcome(topology, "trafficDistribution: PreferClose")).isEqualTo(Outcome.HOLDS);
    assertThat(result(topology, "trafficDistribution: Any").breaches())
        .singleElement()
        .satisfies(found -> assertThat(found.why()).contains("picks by PreferSameZone"));
  }

  @Test
  void aRuleIsReadBySomebodyOrByNobody() {
    assertThat(outcome(PICKED, "destinationRuleRead: shop/cart")).isEqualTo(Outcome.HOLDS);
    assertThat(result(PICKED, "destinationRuleRead: shop/none").breaches())
        .singleElement()
        .satisfies(
            found -> assertThat(found.why()).isEqualTo("there is no DestinationRule shop/none"));
    Topology misspelt =
        Shops.of(CART, CAPTURED, Shops.RULE.replace("host: cart.shop", "host: crat.shop"));
    assertThat(result(misspelt, "destinationRuleRead: shop/cart").breaches())
        .singleElement()
        .satisfies(found -> assertThat(found.rule()).isPresent());
  }

  @Test
  void whatIsAboutNothingIsNotSaidToHold() {
    assertThat(result(PICKED, "hosts: [nowhere], encrypted: true").doubts())
        .singleElement()
        .satisfies(doubt -> assertThat(doubt.reason()).contains("no host"));
  }

  @Test
  void whereAKindIsNotKnownNothingHoldsForSure() {
    Result result = check(PICKED, "encrypted: true", Set.of(Kind.HTTP_ROUTE)).results().getFirst();
    assertThat(result.outcome()).isEqualTo(Outcome.UNTOLD);
    assertThat(result.doubts().getFirst().reason()).isEqualTo("not all are known: HTTPRoute");
  }

  @Test
  void ofVeryManyBreachesTheFirstAreKept() {
    StringBuilder objects = new StringBuilder(CART + "---\n" + IN_CLEAR);
    StringBuilder references = new StringBuilder();
    for (int i = 0; i < 25; i++) {
      objects.append("---\n").append(CART.replace("name: cart,", "name: cart%d,".formatted(i)));
      references.append("{name: cart%d, port: 8080}, ".formatted(i));
    }
    objects.append(
        """
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: many, namespace: shop}
        spec:
          parentRefs: [{name: front, namespace: edge}]
          rules: [{backendRefs: [%s]}]
        """
            .formatted(references.substring(0, references.length() - 2)));
    Result result = result(Shops.of(objects.toString()), "encrypted: true");
    assertThat(result.paths()).isEqualTo(26);
    assertThat(result.breaches()).hasSize(20);
    assertThat(result.moreBreaches()).isEqualTo(6);
  }

  private static Outcome outcome(Topology topology, String assertion) {
    return result(topology, assertion).outcome();
  }

  private static Result result(Topology topology, String assertion) {
    return check(topology, assertion, Set.of()).results().getFirst();
  }

  private static AssertionReport check(Topology topology, String assertion, Set<Kind> gaps) {
    Assertions.Reading reading =
        Assertions.read(
            "assertions",
            """
            apiVersion: lintel.dev/v1
            kind: Assertions
            assertions: [{name: it, %s}]
            """
                .formatted(assertion));
    assertThat(reading.problems()).isEmpty();
    Explainer explainer =
        new Explainer(topology, Policy.DEFAULT, new Judge(RuleCatalogue.complete()));
    return new Assertor(topology, explainer, gaps).check(reading.assertions().orElseThrow().all());
  }
}
