package dev.lintel.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.resource.Resource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which Gateways reach a Service, by whatever detour. */
class AttachmentsTest {

  private static final String SHOP =
      """
      {apiVersion: v1, kind: Service, metadata: {name: cart, namespace: shop}, spec: {clusterIP: 10.0.0.1}}
      ---
      apiVersion: gateway.networking.k8s.io/v1
      kind: GatewayClass
      metadata: {name: kgateway}
      spec: {controllerName: kgateway.dev/kgateway}
      """;
  private static final String GATEWAY =
      """
      apiVersion: gateway.networking.k8s.io/v1
      kind: Gateway
      metadata: {name: front, namespace: edge}
      spec:
        gatewayClassName: kgateway
        allowedListeners: {namespaces: {from: All}}
        listeners:
          - {name: web, port: 80, protocol: HTTP, hostname: "*.example", allowedRoutes: {namespaces: {from: All}}}
          - {name: raw, port: 90, protocol: TCP, allowedRoutes: {namespaces: {from: All}}}
      """;

  @Test
  void aRouteAttachesToTheListenerItNames() {
    assertThat(gateways(GATEWAY, route("parentRefs: [{name: front, namespace: edge}]")))
        .containsExactly("edge/front");
    assertThat(
            gateways(
                GATEWAY,
                route("parentRefs: [{name: front, namespace: edge, sectionName: web, port: 80}]")))
        .containsExactly("edge/front");
    assertThat(
            gateways(
                GATEWAY, route("parentRefs: [{name: front, namespace: edge, sectionName: other}]")))
        .isEmpty();
    assertThat(gateways(GATEWAY, route("parentRefs: [{name: front, namespace: edge, port: 81}]")))
        .isEmpty();
  }

  @Test
  void theHostsOfRouteAndListenerHaveToMeet() {
    assertThat(
            gateways(
                GATEWAY,
                route("{parentRefs: [{name: front, namespace: edge}], hostnames: [Shop.Example]}")))
        .containsExactly("edge/front");
    assertThat(
            gateways(
                GATEWAY,
                route("{parentRefs: [{name: front, namespace: edge}], hostnames: [shop.test]}")))
        .isEmpty();
  }

  @Test
  void anHttpRouteDoesNotAttachToAListenerOfAnotherProtocol() {
    assertThat(
            gateways(
                GATEWAY, route("parentRefs: [{name: front, namespace: edge, sectionName: raw}]")))
        .isEmpty();
  }

  @Test
  void aListenerMayNameTheKindsAndNamespacesThatAttach() {
    String gateway =
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: front, namespace: edge}
        spec:
          gatewayClassName: kgateway
          listeners: [{name: web, port: 80, protocol: HTTP, allowedRoutes: %s}]
        """;
    String route = route("parentRefs: [{name: front, namespace: edge}]");
    String labelled =
        "{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {team: shop}}}";
    assertThat(gateways(gateway.formatted("{namespaces: {from: Same}}"), route)).isEmpty();
    assertThat(
            gateways(
                gateway.formatted("{namespaces: {from: All}, kinds: [{kind: GRPCRoute}]}"), route))
        .isEmpty();
    assertThat(
            gateways(
                gateway.formatted(
                    "{namespaces: {from: Selector, selector: {matchLabels: {team: shop}}}}"),
                labelled,
                route))
        .containsExactly("edge/front");
  }

  @Test
  void aSetOfListenersExtendsAGatewayThatAllowsIt() {
    String set =
        """
        apiVersion: %s
        kind: %s
        metadata: {name: more, namespace: shop}
        spec:
          parentRef: {name: front, namespace: edge}
          listeners: [{name: shop, port: 8080, protocol: HTTP, hostname: shop.test}]
        """;
    String stable = set.formatted("gateway.networking.k8s.io/v1", "ListenerSet");
    String experimental = set.formatted("gateway.networking.x-k8s.io/v1alpha1", "XListenerSet");
    String toStable = route("parentRefs: [{kind: ListenerSet, name: more}]");
    String toExperimental =
        route("parentRefs: [{group: gateway.networking.x-k8s.io, kind: XListenerSet, name: more}]");
    assertThat(gateways(GATEWAY, stable, toStable)).containsExactly("edge/front");
    assertThat(gateways(GATEWAY, experimental, toExperimental)).containsExactly("edge/front");
    assertThat(gateways(GATEWAY, stable, toExperimental)).isEmpty();
    assertThat(
            gateways(
                GATEWAY.replace("from: All}}\n  listeners", "from: None}}\n  listeners"),
                stable,
                toStable))
        .isEmpty();
    assertThat(
            gateways(
                GATEWAY,
                stable,
                route("{parentRefs: [{kind: ListenerSet, name: more}], hostnames: [a.example]}")))
        .isEmpty();
  }

  @Test
  void aParentRouteDelegatesByNameByNamespaceAndByLabel() {
    String child = labelledChild("{}");
    assertThat(
            gateways(
                GATEWAY,
                parent(
                    "{group: gateway.networking.k8s.io, kind: HTTPRoute, name: cart, namespace:"
                        + " shop}"),
                child))
        .containsExactly("edge/front");
    assertThat(
            gateways(
                GATEWAY,
                parent(
                    "{group: gateway.networking.k8s.io, kind: HTTPRoute, name: '*', namespace:"
                        + " shop}"),
                child))
        .containsExactly("edge/front");
    assertThat(
            gateways(
                GATEWAY,
                parent(
                    "{group: delegation.kgateway.dev, kind: label, name: shops, namespace: shop}"),
                child))
        .containsExactly("edge/front");
    assertThat(
            gateways(
                GATEWAY,
                parent(
                    "{group: delegation.kgateway.dev, kind: label, name: shops, namespace: all}"),
                child))
        .containsExactly("edge/front");
    assertThat(
            gateways(
                GATEWAY,
                parent("{group: delegation.kgateway.dev, kind: label, name: shops}"),
                child))
        .isEmpty();
  }

  @Test
  void aChildRouteChoosesItsParents() {
    String parent =
        parent("{group: gateway.networking.k8s.io, kind: HTTPRoute, name: cart, namespace: shop}");
    String wanted =
        "{group: gateway.networking.k8s.io, kind: HTTPRoute, name: root, namespace: edge}";
    assertThat(gateways(GATEWAY, parent, labelledChild("{parentRefs: [%s]}".formatted(wanted))))
        .containsExactly("edge/front");
    assertThat(
            gateways(
                GATEWAY,
                parent,
                labelledChild("{parentRefs: [%s]}".formatted(wanted.replace("root", "other")))))
        .isEmpty();
    assertThat(gateways(GATEWAY, parent, labelledChild("{hostnames: [shop.example]}"))).isEmpty();
  }

  @Test
  void routesThatDelegateInACircleAreFollowedOnce() {
    String loop =
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: %s, namespace: shop}
        spec:
          rules:
            - backendRefs:
                - {group: gateway.networking.k8s.io, kind: HTTPRoute, name: %s}
                - {name: cart, port: 80}
        """;
    assertThat(gateways(GATEWAY, loop.formatted("a", "b"), loop.formatted("b", "a"))).isEmpty();
  }

  private static List<String> gateways(String... objects) {
    Topology topology = Clusters.of(SHOP, String.join("\n---\n", objects));
    return topology.ingressTo(Clusters.service(topology, "shop", "cart")).stream()
        .map(IngressLeg::gateway)
        .map(Resource::key)
        .map(Object::toString)
        .toList();
  }

  private static String route(String spec) {
    String body = spec.startsWith("{") ? spec.substring(1, spec.length() - 1) : spec;
    return """
    apiVersion: gateway.networking.k8s.io/v1
    kind: HTTPRoute
    metadata: {name: cart, namespace: shop}
    spec: {%s, rules: [{backendRefs: [{name: cart, port: 80}]}]}
    """
        .formatted(body);
  }

  private static String parent(String backendRef) {
    return """
    apiVersion: gateway.networking.k8s.io/v1
    kind: HTTPRoute
    metadata: {name: root, namespace: edge}
    spec:
      parentRefs: [{name: front}]
      rules: [{backendRefs: [%s]}]
    """
        .formatted(backendRef);
  }

  private static String labelledChild(String spec) {
    String body = spec.substring(1, spec.length() - 1);
    return """
    apiVersion: gateway.networking.k8s.io/v1
    kind: HTTPRoute
    metadata: {name: cart, namespace: shop, labels: {delegation.kgateway.dev/label: shops}}
    spec: {%s rules: [{backendRefs: [{name: cart, port: 80}]}]}
    """
        .formatted(body.isEmpty() ? "" : body + ",");
  }
}
