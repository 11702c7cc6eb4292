package dev.lintel.explain;

import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.explain.text.ExplanationText;
import dev.lintel.judge.Judge;
import dev.lintel.policy.Policy;
import dev.lintel.report.Style;
import dev.lintel.resource.Resource;
import dev.lintel.topology.Clusters;
import dev.lintel.topology.Topology;
import java.io.StringWriter;
import java.util.stream.Stream;

/** A shop behind one Gateway, in the forms that the paths of docs/domain.md, 4.3 need. */
public final class Shops {

  public static final String CAPTURED = "annotations: {ambient.istio.io/redirection: enabled}";
  public static final String NOT_CAPTURED = "annotations: {}";
  public static final String WAYPOINT =
      """
      apiVersion: gateway.networking.k8s.io/v1
      kind: Gateway
      metadata: {name: waypoint, namespace: shop}
      spec:
        gatewayClassName: istio-waypoint
        listeners: [{name: mesh, port: 15008, protocol: HBONE}]
      status: {addresses: [{value: 10.96.200.5}]}
      ---
      apiVersion: v1
      kind: Service
      metadata:
        name: waypoint
        namespace: shop
        labels: {gateway.istio.io/managed: istio.io-mesh-controller}
        annotations: {networking.istio.io/traffic-distribution: PreferClose}
      spec: {clusterIP: 10.96.200.5, ports: [{port: 15008}]}
      """;
  public static final String RULE =
      """
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata: {name: cart, namespace: shop}
      spec:
        host: cart.shop.svc.cluster.local
        trafficPolicy:
          tls: {mode: ISTIO_MUTUAL}
          outlierDetection: {consecutive5xxErrors: 5, maxEjectionPercent: 50}
      """;

  private static final String COMMON =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: istiod, namespace: istio-system}
      spec: {template: {spec: {containers: [{name: d, image: docker.io/istio/pilot:1.30.2}]}}}
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: kgateway, namespace: kgateway-system}
      spec:
        template:
          spec:
            containers:
              - name: c
                image: registry.example/kgateway:v2.3.1
                env: [{name: KGW_ENABLE_WAYPOINT, value: "true"}, {name: KGW_ENABLE_ISTIO_INTEGRATION, value: "true"}]
      ---
      {apiVersion: v1, kind: Namespace, metadata: {name: istio-system, labels: {topology.istio.io/network: north}}}
      ---
      {apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {istio.io/dataplane-mode: ambient}}}
      ---
      apiVersion: gateway.networking.k8s.io/v1
      kind: Gateway
      metadata: {name: front, namespace: edge}
      spec:
        gatewayClassName: kgateway
        listeners: [{name: http, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: All}}}]
      ---
      apiVersion: gateway.networking.k8s.io/v1
      kind: HTTPRoute
      metadata: {name: cart, namespace: shop}
      spec:
        parentRefs: [{name: front, namespace: edge}]
        hostnames: [shop.example.com]
        rules: [{backendRefs: [{name: cart, port: 8080}]}]
      """;

  private Shops() {}

  /** Returns the shop with further objects, which replace those of the same name. */
  public static Topology of(String... objects) {
    return Clusters.of(Stream.concat(Stream.of(COMMON), Stream.of(objects)).toArray(String[]::new));
  }

  /** Returns Service shop/cart. */
  public static String cart(String labels, String spec) {
    return """
    apiVersion: v1
    kind: Service
    metadata: {name: cart, namespace: shop, labels: {%s}}
    spec: {%s, selector: {app: cart}, ports: [{name: http, port: 8080}]}
    """
        .formatted(labels, spec);
  }

  /** Returns the Pod of Gateway edge/front, on a node. */
  public static String gatewayPod(String annotations, String node) {
    return """
    apiVersion: v1
    kind: Pod
    metadata:
      name: front-1
      namespace: edge
      labels: {gateway.networking.k8s.io/gateway-name: front}
      %s
    spec: {nodeName: %s}
    """
        .formatted(annotations, node);
  }

  /** Returns an object's explanation. */
  public static Explanation explain(Topology topology, Resource object) {
    return new Explainer(topology, Policy.DEFAULT, new Judge(RuleCatalogue.complete()))
        .explain(object);
  }

  /** Returns the explanation of Service shop/cart. */
  public static Explanation explainCart(String... objects) {
    Topology topology = of(objects);
    return explain(topology, topology.service("shop", "cart").orElseThrow());
  }

  /** Returns an explanation in a format. */
  public static String written(ExplanationFormat format, Explanation explanation) {
    StringWriter out = new StringWriter();
    format.write(explanation, out);
    return out.toString();
  }

  /** Returns an explanation as plain text. */
  public static String text(Explanation explanation) {
    return written(new ExplanationText(Style.PLAIN), explanation);
  }
}
