package dev.lintel.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.manifest.Manifest;
import dev.lintel.manifest.Manifests;
import dev.lintel.resource.BackendConfigPolicy.Setting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is kept of the kinds that decide where traffic goes. */
class ReadersTest {

  @Test
  void everyDestinationOfAVirtualServiceIsKept() throws MalformedObjectException {
    VirtualService service =
        read(
            """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: reviews, namespace: bookinfo}
            spec:
              hosts: [reviews]
              gateways: [mesh, edge/front]
              exportTo: ["."]
              http:
                - match: [{uri: {prefix: /v1}}]
                  route:
                    - {destination: {host: reviews, subset: v1, port: {number: 9080}}, weight: 90}
                    - {destination: {host: reviews, subset: v2}}
                  mirror: {host: shadow}
                  mirrors: [{destination: {host: second-shadow}}]
                - redirect: {uri: /elsewhere}
              tls: [{route: [{destination: {host: secure}}]}]
              tcp: [{route: [{destination: {host: plain}}]}]
            """);
    assertThat(service.hosts()).containsExactly("reviews");
    assertThat(service.isForMesh()).isTrue();
    assertThat(service.exportTo()).containsExactly(".");
    assertThat(service.destinations())
        .containsExactlyInAnyOrder(
            new VirtualService.Destination("reviews", "v1", Optional.of(9080)),
            new VirtualService.Destination("reviews", "v2", Optional.empty()),
            new VirtualService.Destination("shadow", "", Optional.empty()),
            new VirtualService.Destination("second-shadow", "", Optional.empty()),
            new VirtualService.Destination("secure", "", Optional.empty()),
            new VirtualService.Destination("plain", "", Optional.empty()));
  }

  @Test
  void aVirtualServiceWithoutGatewaysIsForTheMeshAndOneForAGatewayIsNot()
      throws MalformedObjectException {
    assertThat(virtualService("{hosts: [a]}").isForMesh()).isTrue();
    assertThat(virtualService("{hosts: [a], gateways: [edge/front]}").isForMesh()).isFalse();
  }

  @Test
  void aWorkloadEntryIsSelectedByTheLabelsOfItsMetadataBeforeThoseOfItsSpec()
      throws MalformedObjectException {
    WorkloadEntry entry =
        read(
            """
            apiVersion: networking.istio.io/v1
            kind: WorkloadEntry
            metadata:
              name: east
              namespace: istio-system
              labels: {solo.io/source-cluster: east, app: cart}
            spec:
              network: east
              locality: eu/eu-1
              labels: {app: basket, tier: web}
            """);
    assertThat(entry.labels())
        .isEqualTo(Map.of("solo.io/source-cluster", "east", "app", "cart", "tier", "web"));
    assertThat(entry.address()).isEmpty();
    assertThat(entry.network()).isEqualTo("east");
    assertThat(entry.locality()).isEqualTo("eu/eu-1");
  }

  @Test
  void ofABackendTlsPolicyItsTargetsAreKeptAndWhetherItIsRejected()
      throws MalformedObjectException {
    String policy =
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: BackendTLSPolicy
        metadata: {name: cart, namespace: shop}
        spec:
          targetRefs: [{group: "", kind: Service, name: cart, sectionName: https}]
          validation: {hostname: cart.example}
        status: {ancestors: [{conditions: [{type: Accepted, status: "%s"}]}]}
        """;
    BackendTlsPolicy accepted = read(policy.formatted("True"));
    BackendTlsPolicy rejected = read(policy.formatted("False"));
    assertThat(accepted.targets())
        .containsExactly(new PolicyTarget("", "Service", "cart", "https"));
    assertThat(accepted.rejected()).isFalse();
    assertThat(rejected.rejected()).isTrue();
  }

  @Test
  void whatABackendConfigPolicyEjectsAndWhetherItPanicsIsKept() throws MalformedObjectException {
    BackendConfigPolicy policy =
        read(
            """
            apiVersion: gateway.kgateway.dev/v1alpha1
            kind: BackendConfigPolicy
            metadata: {name: cart, namespace: shop}
            spec:
              outlierDetection: {maxEjectionPercent: 100}
              healthCheck: {timeout: 1s, interval: 5s}
              loadBalancer: {healthyPanicThreshold: 0}
            """);
    assertThat(policy.settings())
        .as("a panic threshold alone is no balancing")
        .containsExactlyInAnyOrder(
            Setting.OUTLIER_DETECTION,
            Setting.EJECTS_ALL,
            Setting.HEALTH_CHECK,
            Setting.NEVER_PANICS);
  }

  @Test
  void ofABackendConfigPolicyItsTargetsAndWhichBlocksAreSetAreKept()
      throws MalformedObjectException {
    BackendConfigPolicy policy =
        read(
            """
            apiVersion: gateway.kgateway.dev/v1alpha1
            kind: BackendConfigPolicy
            metadata: {name: cart, namespace: shop}
            spec:
              targetRefs:
                - {group: "", kind: Service, name: cart, sectionName: "8080"}
                - {group: networking.istio.io, kind: Hostname, name: cart.shop.mesh.internal}
              targetSelectors: [{group: "", kind: Service, matchLabels: {tier: web}}]
              outlierDetection: {interval: 5s}
              healthCheck: null
              loadBalancer: {zoneAware: {preferLocal: {}}}
              tls: {sni: cart.example}
            """);
    assertThat(policy.targets())
        .containsExactly(
            new PolicyTarget("", "Service", "cart", "8080"),
            new PolicyTarget("networking.istio.io", "Hostname", "cart.shop.mesh.internal", ""));
    assertThat(policy.selectors())
        .containsExactly(new BackendConfigPolicy.Selector("", "Service", Map.of("tier", "web")));
    assertThat(policy.settings())
        .containsExactlyInAnyOrder(
            Setting.OUTLIER_DETECTION, Setting.LOAD_BALANCER, Setting.ZONE_AWARE, Setting.TLS);
  }

  @Test
  void aSegmentHasADomainAndAliases() throws MalformedObjectException {
    Segment segment =
        read(
            """
            apiVersion: admin.solo.io/v1alpha1
            kind: Segment
            metadata: {name: blue, namespace: istio-system}
            spec: {domain: blue.internal, aliases: [{pattern: "{name}.{namespace}.mesh.internal"}]}
            """);
    assertThat(segment.domain()).isEqualTo("blue.internal");
    assertThat(segment.aliases()).containsExactly("{name}.{namespace}.mesh.internal");
  }

  @Test
  void aListenerSetExtendsAGatewayOfItsOwnNamespaceUnlessItSaysOtherwise()
      throws MalformedObjectException {
    ListenerSet here = listenerSet("{name: front}");
    assertThat(here.gateway()).isEqualTo(new NamespacedName("shop", "front"));
    assertThat(here.listeners())
        .extracting(Gateway.Listener::name, Gateway.Listener::port)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("shop", 8080));
    assertThat(listenerSet("{name: front, namespace: edge}").gateway())
        .isEqualTo(new NamespacedName("edge", "front"));
  }

  @Test
  void aGatewayLetsNobodyAddListenersUnlessItSaysSo() throws MalformedObjectException {
    assertThat(gateway("{gatewayClassName: kgateway}").allowedListenerSets().from())
        .isEqualTo("None");
    assertThat(
            gateway("{gatewayClassName: kgateway, allowedListeners: {namespaces: {from: All}}}")
                .allowedListenerSets()
                .from())
        .isEqualTo("All");
  }

  @Test
  void anEmptySpecIsNoError() throws MalformedObjectException {
    for (Kind kind : Kind.values()) {
      String apiVersion = kind.group().isEmpty() ? "v1" : kind.group() + "/v1";
      Resource resource =
          read("{apiVersion: %s, kind: %s, metadata: {name: a}}".formatted(apiVersion, kind));
      assertThat(resource.kind()).isEqualTo(kind);
      assertThat(resource.withMetadata(resource.metadata())).isEqualTo(resource);
    }
  }

  private static VirtualService virtualService(String spec) throws MalformedObjectException {
    return read(
        "{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: a}, spec: %s}"
            .formatted(spec));
  }

  private static Gateway gateway(String spec) throws MalformedObjectException {
    return read(
        "{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: a}, spec: %s}"
            .formatted(spec));
  }

  private static ListenerSet listenerSet(String parent) throws MalformedObjectException {
    return read(
        """
        apiVersion: gateway.networking.x-k8s.io/v1alpha1
        kind: XListenerSet
        metadata: {name: shop, namespace: shop}
        spec:
          parentRef: %s
          listeners: [{name: shop, port: 8080, protocol: HTTP, hostname: shop.example}]
        """
            .formatted(parent));
  }

  @SuppressWarnings("unchecked")
  private static <R extends Resource> R read(String yaml) throws MalformedObjectException {
    List<Manifest> manifests = Manifests.read("test", yaml);
    return (R) manifests.getFirst().resource().orElseThrow();
  }
}
