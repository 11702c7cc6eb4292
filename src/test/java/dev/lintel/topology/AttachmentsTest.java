package dev.lintel.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.resource.Kind;
import dev.lintel.resource.Resource;
import dev.lintel.resource.ResourceRef;
import dev.lintel.resource.Route;
import dev.lintel.topology.RefusedParent.Reason;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
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
  void aChildIsServedWhereItsMatchLiesWithinTheParents() {
    assertThat(delegated("{path: {value: /a}}", "{path: {value: /a/b}}")).containsExactly("front");
    assertThat(delegated("{path: {value: /a}}", "{path: {value: /ab}}")).containsExactly("front");
    assertThat(delegated("{path: {value: /a}}", "{path: {value: /b}}")).isEmpty();
    assertThat(delegated("{path: {value: /a}}", "{}")).isEmpty();
    assertThat(delegated("{}", "{path: {type: RegularExpression, value: /.*}}"))
        .containsExactly("front");
    assertThat(delegated("{path: {type: Exact, value: /a}}", "{path: {value: /a}}")).isEmpty();
    assertThat(delegated("{path: {value: /a}}", "{path: {value: /b}}, {path: {value: /a}}"))
        .containsExactly("front");
    assertThat(delegated("{path: {value: /a}}, {path: {value: /b}}", "{path: {value: /b}}"))
        .containsExactly("front");
  }

  @Test
  void aChildHasTheHeadersParametersAndMethodOfItsParent() {
    String header = "headers: [{name: x-team, value: a}]";
    assertThat(delegated("{%s}".formatted(header), "{%s, method: GET}".formatted(header)))
        .containsExactly("front");
    assertThat(
            delegated(
                "{%s}".formatted(header),
                "{headers: [{name: x-team, type: RegularExpression, value: a}]}"))
        .isEmpty();
    assertThat(delegated("{%s}".formatted(header), "{queryParams: [{name: x-team, value: a}]}"))
        .isEmpty();
    assertThat(delegated("{queryParams: [{name: q, value: a}]}", "{}")).isEmpty();
    assertThat(delegated("{method: GET}", "{method: GET}")).containsExactly("front");
    assertThat(delegated("{method: GET}", "{}")).isEmpty();
  }

  @Test
  void eachRuleOfAChildIsServedForItself() {
    String child =
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: child, namespace: edge}
        spec:
          rules:
            - {matches: [{path: {value: /a}}], backendRefs: [{name: cart, namespace: shop, port: 80}]}
            - {matches: [{path: {value: /b}}], backendRefs: [{name: other, port: 80}]}
        """;
    String grant =
        """
        apiVersion: gateway.networking.k8s.io/v1beta1
        kind: ReferenceGrant
        metadata: {name: edge, namespace: shop}
        spec:
          from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: edge}]
          to: [{group: "", kind: Service}]
        """;
    String parent =
        parent("{group: gateway.networking.k8s.io, kind: HTTPRoute, name: child}")
            .replace("rules: [{", "rules: [{matches: [{path: {value: %s}}], ");
    assertThat(gateways(GATEWAY, parent.formatted("/a"), child, grant))
        .containsExactly("edge/front");
    assertThat(gateways(GATEWAY, parent.formatted("/b"), child, grant)).isEmpty();
  }

  @Test
  void whatAChildInheritsFitsAndWhatItDelegatesFurtherIsUncertain() {
    String middle =
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: middle
          namespace: edge
          annotations: {delegation.kgateway.dev/inherit-parent-matcher: "%s"}
        spec:
          rules:
            - matches: [{path: {value: /b}}]
              backendRefs: [{group: gateway.networking.k8s.io, kind: HTTPRoute, name: cart, namespace: shop}]
        """;
    String parent =
        parent("{group: gateway.networking.k8s.io, kind: HTTPRoute, name: middle}")
            .replace("rules: [{", "rules: [{matches: [{path: {value: /a}}], ");
    String leaf =
        labelledChild("{}").replace("rules: [{", "rules: [{matches: [{path: {value: /b}}], ");
    Topology inheriting = Clusters.of(SHOP, GATEWAY, parent, middle.formatted("Yes"), leaf);
    assertThat(inheriting.ingress().attachmentsOf(routeOf(inheriting)))
        .singleElement()
        .satisfies(found -> assertThat(found.served().isUnknown()).isTrue())
        .satisfies(found -> assertThat(found.served().reason()).contains("edge/middle"));
    Topology plain = Clusters.of(SHOP, GATEWAY, parent, middle.formatted("no"), leaf);
    assertThat(plain.ingress().attachmentsOf(routeOf(plain))).isEmpty();
  }

  @Test
  void ofSeveralWaysToOneParentOneThatFitsIsEnough() {
    String delegating =
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: %s, namespace: edge}
        spec:
          rules:
            - matches: [{path: {value: %s}}]
              backendRefs: [{group: gateway.networking.k8s.io, kind: HTTPRoute, name: %s, namespace: %s}]
        """;
    String top =
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: top, namespace: edge}
        spec:
          parentRefs: [{name: front}]
          rules:
            - matches: [{path: {value: /a/b}}]
              backendRefs: [{group: gateway.networking.k8s.io, kind: HTTPRoute, name: one}]
            - matches: [{path: {value: /b}}]
              backendRefs: [{group: gateway.networking.k8s.io, kind: HTTPRoute, name: two}]
        """;
    String leaf =
        labelledChild("{}")
            .replace(
                "rules: [{", "rules: [{matches: [{path: {value: /a}}, {path: {value: /b/c}}], ");
    assertThat(
            gateways(
                GATEWAY,
                top,
                delegating.formatted("one", "/a", "cart", "shop"),
                delegating.formatted("two", "/b", "cart", "shop"),
                leaf))
        .containsExactly("edge/front");
  }

  @Test
  void ofSeveralTcpRoutesTheOldestHasTheListener() {
    assertThat(served("v", 1, "w", 2)).containsExactly("v yes");
    assertThat(served("v", 2, "w", 1)).containsExactly("w yes");
    assertThat(served("v", 1, "w", 1))
        .containsExactly(
            "v kgateway serves only one TCPRoute at listener raw, and shop/v and shop/w are of the"
                + " same age",
            "w kgateway serves only one TCPRoute at listener raw, and shop/v and shop/w are of the"
                + " same age");
    Topology topology = Clusters.of(SHOP, GATEWAY, tcp("v", 1, 1), tcp("w", 2, 1));
    assertThat(topology.ingress().refusedParentsOf(route(topology, "w")))
        .extracting(RefusedParent::reason)
        .containsExactly(Reason.OLDER_ROUTE);
    assertThat(topology.ingress().refusedParentsOf(route(topology, "v"))).isEmpty();
  }

  @Test
  void aTcpRouteServesWithOneRuleOnly() {
    Topology topology = Clusters.of(SHOP, GATEWAY, tcp("v", 1, 2), tcp("w", 2, 1));
    assertThat(topology.ingress().attachmentsOf(route(topology, "v"))).isEmpty();
    assertThat(topology.ingress().attachmentsOf(route(topology, "w"))).isEmpty();
    assertThat(topology.ingress().refusedParentsOf(route(topology, "v")))
        .extracting(RefusedParent::reason)
        .containsExactly(Reason.SEVERAL_RULES);
  }

  @Test
  void otherControllersServeEveryTcpRoute() {
    String istio =
        GATEWAY.replace("gatewayClassName: kgateway", "gatewayClassName: istio")
            + """
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: GatewayClass
            metadata: {name: istio}
            spec: {controllerName: istio.io/gateway-controller}
            """;
    Topology topology = Clusters.of(SHOP, istio, tcp("v", 1, 2), tcp("w", 2, 1));
    assertThat(topology.ingress().attachmentsOf(route(topology, "v"))).hasSize(1);
    assertThat(topology.ingress().attachmentsOf(route(topology, "w"))).hasSize(1);
  }

  @Test
  void aListenerTakesRoutesByItsProtocol() {
    assertThat(kinds("protocol: HTTP")).containsExactly("GRPCRoute", "HTTPRoute");
    assertThat(kinds("protocol: HTTPS")).containsExactly("GRPCRoute", "HTTPRoute");
    assertThat(kinds("protocol: TCP")).containsExactly("TCPRoute");
    assertThat(kinds("protocol: UDP")).isEmpty();
    assertThat(kinds("protocol: TLS, tls: {mode: Passthrough}")).containsExactly("TLSRoute");
    assertThat(kinds("protocol: TLS, tls: {mode: Terminate}"))
        .containsExactly("TCPRoute", "TLSRoute");
    assertThat(kinds("protocol: TLS, tls: {certificateRefs: []}"))
        .containsExactly("TCPRoute", "TLSRoute");
    assertThat(kinds("protocol: TLS")).containsExactly("TLSRoute");
  }

  @Test
  void theKindsOfAListenerNarrowWhatItsProtocolTakes() {
    assertThat(kinds("protocol: HTTP", "kinds: [{kind: HTTPRoute}]")).containsExactly("HTTPRoute");
    assertThat(kinds("protocol: HTTP", "kinds: [{kind: TCPRoute}]")).isEmpty();
    assertThat(kinds("protocol: HTTP", "kinds: [{group: example.com, kind: HTTPRoute}]")).isEmpty();
    assertThat(
            kinds("protocol: TCP", "kinds: [{group: gateway.networking.k8s.io, kind: TCPRoute}]"))
        .containsExactly("TCPRoute");
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

  @Test
  void aParentThatDoesNotTakeARouteSaysWhy() {
    assertThat(reason("{name: front, namespace: edge}")).isEmpty();
    assertThat(reason("{name: gone, namespace: edge}")).containsExactly(Reason.NOT_FOUND);
    assertThat(reason("{name: front, namespace: edge, port: 81}"))
        .containsExactly(Reason.NO_SUCH_LISTENER);
    assertThat(reason("{name: front, namespace: edge, sectionName: raw}"))
        .containsExactly(Reason.KIND_NOT_SERVED);
    assertThat(reason("{name: front, namespace: edge}], hostnames: [\"other.test\""))
        .containsExactly(Reason.HOST_NOT_SERVED);
    assertThat(reason("{kind: Service, group: '', name: cart}")).isEmpty();
    assertThat(reason("{kind: ListenerSet, name: gone}")).containsExactly(Reason.NOT_FOUND);
  }

  @Test
  void aNamespaceThatMayNotAttachIsTheLastReason() {
    Topology topology =
        Clusters.of(
            GATEWAY.replace("{from: All}}}\n", "{from: Same}}}\n"),
            route("parentRefs: [{name: front, namespace: edge}]"));
    assertThat(topology.ingress().refusedParentsOf(routeOf(topology)))
        .extracting(RefusedParent::reason)
        .containsExactly(Reason.NAMESPACE_NOT_ALLOWED);
  }

  @Test
  void aSetOfListenersThatItsGatewayDoesNotAllowIsRefused() {
    String set =
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: ListenerSet
        metadata: {name: more, namespace: shop}
        spec:
          parentRef: {name: front, namespace: edge}
          listeners: [{name: own, port: 443, protocol: HTTPS}]
        """;
    String route = route("parentRefs: [{kind: ListenerSet, name: more}]");
    Topology allowed = Clusters.of(GATEWAY, set, route);
    assertThat(allowed.ingress().refusedParentsOf(routeOf(allowed))).isEmpty();
    assertThat(allowed.ingress().attachmentsOf(routeOf(allowed)))
        .singleElement()
        .satisfies(found -> assertThat(found.listeners()).containsExactly("own"))
        .satisfies(
            found ->
                assertThat(found.listenerSet())
                    .map(Object::toString)
                    .hasValue("ListenerSet/shop/more"));
    Topology refused =
        Clusters.of(GATEWAY.replace("allowedListeners: {namespaces: {from: All}}", ""), set, route);
    assertThat(refused.ingress().refusedParentsOf(routeOf(refused)))
        .extracting(RefusedParent::reason)
        .containsExactly(Reason.SET_NOT_ALLOWED);
  }

  @Test
  void theRoutesThatDelegateAreToldFromTheGatewayOn() {
    String delegating =
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: %s, namespace: shop}
        spec: {%s rules: [{backendRefs: [{group: gateway.networking.k8s.io, kind: HTTPRoute, name: %s}]}]}
        """;
    Topology topology =
        Clusters.of(
            SHOP,
            GATEWAY,
            delegating.formatted("top", "parentRefs: [{name: front, namespace: edge}],", "middle"),
            delegating.formatted("middle", "", "cart"),
            route("parentRefs: []"));
    assertThat(topology.ingress().attachmentsOf(routeOf(topology)))
        .singleElement()
        .satisfies(
            found ->
                assertThat(found.delegation())
                    .extracting(Object::toString)
                    .containsExactly("HTTPRoute/shop/top", "HTTPRoute/shop/middle"));
    Route middle =
        (Route) topology.find(new ResourceRef(Kind.HTTP_ROUTE, "shop", "middle")).orElseThrow();
    assertThat(topology.ingress().delegatesOf(middle, middle.backends().getFirst()))
        .containsExactly(routeOf(topology));
  }

  @Test
  void aReferenceNamesAServiceAnEntryOrAHost() {
    String entry =
        """
        apiVersion: networking.istio.io/v1
        kind: ServiceEntry
        metadata: {name: maps, namespace: shop}
        spec: {hosts: [a.example.net, b.example.net], resolution: DNS, ports: [{number: 80, name: http, protocol: HTTP}]}
        """;
    String route =
        route("parentRefs: []")
            .replace(
                "{name: cart, port: 80}",
                "{name: cart, port: 80}, {group: networking.istio.io, kind: ServiceEntry, name:"
                    + " maps, port: 80}, {group: networking.istio.io, kind: Hostname, name:"
                    + " b.example.net, port: 80}, {name: gone, port: 80}");
    Topology topology = Clusters.of(SHOP, entry, route);
    Route found = routeOf(topology);
    assertThat(found.backends())
        .map(
            ref ->
                topology.ingress().backendsNamed(found, ref).stream()
                    .map(b -> b.host().value())
                    .toList())
        .containsExactly(
            List.of("cart.shop.svc.cluster.local"),
            List.of("a.example.net", "b.example.net"),
            List.of("b.example.net"),
            List.of());
  }

  private static List<String> delegated(String parent, String child) {
    String root =
        parent("{group: gateway.networking.k8s.io, kind: HTTPRoute, name: cart, namespace: shop}")
            .replace("rules: [{", "rules: [{matches: [%s], ".formatted(parent));
    String leaf =
        labelledChild("{}").replace("rules: [{", "rules: [{matches: [%s], ".formatted(child));
    Topology topology = Clusters.of(SHOP, GATEWAY, root, leaf);
    return topology.ingress().to(Clusters.service(topology, "shop", "cart")).stream()
        .map(leg -> leg.gateway().name())
        .toList();
  }

  private static String tcp(String name, int age, int rules) {
    return """
    apiVersion: gateway.networking.k8s.io/v1
    kind: TCPRoute
    metadata: {name: %s, namespace: shop, creationTimestamp: "2026-03-0%dT08:00:00Z"}
    spec:
      parentRefs: [{name: front, namespace: edge}]
      rules: [%s]
    """
        .formatted(
            name,
            age,
            String.join(
                ", ", Collections.nCopies(rules, "{backendRefs: [{name: cart, port: 80}]}")));
  }

  private static List<String> served(String one, int age, String other, int otherAge) {
    Topology topology = Clusters.of(SHOP, GATEWAY, tcp(one, age, 1), tcp(other, otherAge, 1));
    return Stream.of(one, other)
        .flatMap(
            name ->
                topology.ingress().attachmentsOf(route(topology, name)).stream()
                    .map(Attachment::served)
                    .map(fact -> name + " " + (fact.isYes() ? "yes" : fact.reason())))
        .toList();
  }

  private static Route route(Topology topology, String name) {
    return topology.routes().filter(route -> route.name().equals(name)).findFirst().orElseThrow();
  }

  private static List<String> kinds(String listener) {
    return kinds(listener, "namespaces: {from: Same}");
  }

  /** Returns the kinds of routes that a listener takes. */
  private static List<String> kinds(String listener, String allowed) {
    String gateway =
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: front, namespace: edge}
        spec:
          gatewayClassName: kgateway
          listeners: [{name: any, port: 80, %s, allowedRoutes: {%s}}]
        """
            .formatted(listener, allowed);
    return Stream.of("GRPCRoute", "HTTPRoute", "TCPRoute", "TLSRoute")
        .filter(
            kind -> {
              Topology topology =
                  Clusters.of(
                      SHOP,
                      gateway,
                      tcp("any", 1, 1).replace("TCPRoute", kind).replace("shop", "edge"));
              return !topology.ingress().attachmentsOf(route(topology, "any")).isEmpty();
            })
        .toList();
  }

  private static List<Reason> reason(String parent) {
    Topology topology = Clusters.of(SHOP, GATEWAY, route("parentRefs: [" + parent + "]"));
    return topology.ingress().refusedParentsOf(routeOf(topology)).stream()
        .map(RefusedParent::reason)
        .toList();
  }

  private static Route routeOf(Topology topology) {
    return route(topology, "cart");
  }

  private static List<String> gateways(String... objects) {
    Topology topology = Clusters.of(SHOP, String.join("\n---\n", objects));
    return topology.ingress().to(Clusters.service(topology, "shop", "cart")).stream()
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
