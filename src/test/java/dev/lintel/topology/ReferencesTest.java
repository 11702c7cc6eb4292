package dev.lintel.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.mesh.HostName;
import dev.lintel.resource.Resource;
import dev.lintel.topology.RouteReference.Standing;
import java.util.List;
import org.junit.jupiter.api.Test;

/** References of routes that mean a backend, those that fail included. */
class ReferencesTest {

  private static final String SHOP =
      """
      {apiVersion: v1, kind: Service, metadata: {name: cart, namespace: shop}, spec: {clusterIP: 10.0.0.1}}
      ---
      apiVersion: networking.istio.io/v1
      kind: ServiceEntry
      metadata: {name: partner, namespace: shop}
      spec: {hosts: [api.partner.example], resolution: DNS}
      ---
      apiVersion: gateway.networking.k8s.io/v1
      kind: Gateway
      metadata: {name: front, namespace: edge}
      spec:
        gatewayClassName: kgateway
        listeners: [{name: web, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: All}}}]
      """;

  @Test
  void aReferenceOfTheRightKindResolves() {
    assertThat(toService("shop", "{name: cart, port: 80}")).containsExactly(Standing.RESOLVED);
    assertThat(toEntry("shop", "{group: networking.istio.io, kind: ServiceEntry, name: partner}"))
        .containsExactly(Standing.RESOLVED);
    assertThat(
            toEntry(
                "edge", "{group: networking.istio.io, kind: Hostname, name: api.partner.example}"))
        .containsExactly(Standing.RESOLVED);
  }

  @Test
  void aHostIsComparedLetterForLetterAndHasNoNamespace() {
    String hostname = "{group: networking.istio.io, kind: Hostname, name: %s}";
    assertThat(toEntry("edge", hostname.formatted("API.partner.example")))
        .containsExactly(Standing.WRONG_NAME);
    assertThat(toEntry("edge", hostname.formatted("api.partner.example.")))
        .containsExactly(Standing.WRONG_NAME);
    assertThat(toEntry("shop", hostname.formatted("api.partner.example, namespace: shop")))
        .containsExactly(Standing.WRONG_NAME);
  }

  @Test
  void aReferenceToAnEntryWithResolutionNoneFindsNoBackend() {
    Topology topology =
        Clusters.of(
            SHOP.replace("resolution: DNS", "resolution: NONE"),
            route("shop", "{group: networking.istio.io, kind: ServiceEntry, name: partner}"));
    Backend partner = Clusters.entry(topology, "shop", "partner");
    assertThat(standings(topology, partner)).containsExactly(Standing.NO_BACKEND);
    assertThat(topology.ingress().to(partner)).isEmpty();
  }

  @Test
  void aReferenceFromElsewhereNeedsAGrant() {
    String ref = "{name: cart, namespace: shop, port: 80}";
    String grant =
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: ReferenceGrant
        metadata: {name: edge, namespace: shop}
        spec:
          from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: edge}]
          to: [{group: "", kind: Service}]
        """;
    assertThat(toService("edge", ref)).containsExactly(Standing.NOT_PERMITTED);
    assertThat(toService("edge", ref, grant)).containsExactly(Standing.RESOLVED);
  }

  @Test
  void aReferenceOfTheWrongKindIsFoundByTheNameThatItMeans() {
    assertThat(toService("shop", "{group: multicluster.x-k8s.io, kind: ServiceImport, name: cart}"))
        .containsExactly(Standing.WRONG_KIND);
    assertThat(toService("shop", "{group: core, kind: Service, name: cart}"))
        .containsExactly(Standing.WRONG_KIND);
    assertThat(
            toService(
                "edge",
                "{group: networking.istio.io, kind: Hostname, name: cart.shop.svc.cluster.local}"))
        .containsExactly(Standing.WRONG_KIND);
    assertThat(toEntry("shop", "{kind: ServiceEntry, name: partner}"))
        .containsExactly(Standing.WRONG_KIND);
    assertThat(toEntry("edge", "{name: api.partner.example, port: 443}"))
        .containsExactly(Standing.WRONG_KIND);
    assertThat(toEntry("edge", "{kind: Hostname, name: api.partner.example}"))
        .containsExactly(Standing.WRONG_KIND);
  }

  @Test
  void aBackendOfKgatewayMayHaveTheNameOfAService() {
    assertThat(toService("shop", "{group: gateway.kgateway.dev, kind: Backend, name: cart}"))
        .isEmpty();
  }

  @Test
  void aReferenceTellsItsPortAndTheGatewaysOfItsRoute() {
    Topology topology = Clusters.of(SHOP, route("shop", "{name: cart, port: 8080}"));
    RouteReference reference =
        topology.ingress().referencesTo(Clusters.service(topology, "shop", "cart")).getFirst();
    assertThat(reference.ref().port()).contains(8080);
    assertThat(reference.gateways()).extracting(Resource::name).containsExactly("front");
  }

  @Test
  void aHostThatNoEntryDefinesIsNotFoundAndOneUnderAnotherKindIsMistyped() {
    HostName global = new HostName("cart.shop.mesh.internal");
    Topology topology =
        Clusters.of(
            SHOP,
            route(
                "edge",
                "{group: networking.istio.io, kind: Hostname, name: cart.shop.mesh.internal}",
                "{name: cart.shop.mesh.internal, port: 80}"));
    assertThat(topology.ingress().referencesToHost(global))
        .extracting(RouteReference::standing)
        .containsExactly(Standing.NOT_FOUND, Standing.WRONG_KIND);
  }

  private static List<Standing> toService(String namespace, String ref, String... more) {
    Topology topology = Clusters.of(SHOP, route(namespace, ref), String.join("\n---\n", more));
    return standings(topology, Clusters.service(topology, "shop", "cart"));
  }

  private static List<Standing> toEntry(String namespace, String ref) {
    Topology topology = Clusters.of(SHOP, route(namespace, ref));
    return standings(topology, Clusters.entry(topology, "shop", "partner"));
  }

  private static List<Standing> standings(Topology topology, Backend backend) {
    return topology.ingress().referencesTo(backend).stream().map(RouteReference::standing).toList();
  }

  private static String route(String namespace, String... refs) {
    return """
    apiVersion: gateway.networking.k8s.io/v1
    kind: HTTPRoute
    metadata: {name: route, namespace: %s}
    spec:
      parentRefs: [{name: front, namespace: edge}]
      rules: [{backendRefs: [%s]}]
    """
        .formatted(namespace, String.join(", ", refs));
  }
}
