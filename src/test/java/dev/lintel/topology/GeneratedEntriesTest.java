package dev.lintel.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.mesh.HostName;
import dev.lintel.mesh.Keys;
import dev.lintel.mesh.TrafficDistribution;
import dev.lintel.resource.NamespacedName;
import dev.lintel.resource.Service;
import org.junit.jupiter.api.Test;

/** What peering makes of a Service, before it has made it. */
class GeneratedEntriesTest {

  private static final String ROOT =
      "{apiVersion: v1, kind: Namespace, metadata: {name: istio-system}}";
  private static final String NAMESPACE =
      """
      apiVersion: v1
      kind: Namespace
      metadata:
        name: trade
        labels: {istio.io/ingress-use-waypoint: "true"}
        annotations: {networking.istio.io/traffic-distribution: PreferClose}
      """;
  private static final String SERVICE =
      """
      apiVersion: v1
      kind: Service
      metadata:
        name: pricing
        namespace: trade
        labels: {solo.io/service-scope: global, istio.io/use-waypoint: waypoint}
      spec:
        selector: {app: pricing}
        ports: [{port: 8080}]
      """;

  @Test
  void theGlobalHostCarriesWhatTheServiceSays() {
    Backend backend = backend(Clusters.of(ROOT, NAMESPACE, SERVICE));
    assertThat(backend.host()).isEqualTo(new HostName("pricing.trade.mesh.internal"));
    assertThat(backend.metadata().label(Keys.USE_WAYPOINT)).contains("waypoint");
    assertThat(backend.metadata().label(Keys.USE_WAYPOINT_NAMESPACE)).contains("trade");
    assertThat(backend.ports()).containsExactly(8080);
    assertThat(backend.hasVip()).isTrue();
  }

  @Test
  void theGlobalHostDoesNotCarryWhatTheNamespaceSays() {
    Topology topology = Clusters.of(ROOT, NAMESPACE, SERVICE);
    Backend backend = backend(topology);
    assertThat(topology.ingress().labelIsTrueForKgateway(backend)).isFalse();
    assertThat(topology.endpoints().trafficDistributionOf(backend).atKgateway())
        .isEqualTo(TrafficDistribution.PREFER_NETWORK);
  }

  @Test
  void anEntryThatSelectsByTheLabelsOfPeeringIsExportedElsewhere() {
    String entry =
        """
        apiVersion: networking.istio.io/v1
        kind: ServiceEntry
        metadata:
          name: autogen.trade.pricing
          namespace: istio-system
          labels: {solo.io/parent-service: pricing, solo.io/parent-service-namespace: trade}
        spec:
          hosts: [pricing.trade.mesh.internal]
          resolution: STATIC
          workloadSelector: {labels: {solo.io/parent-service: pricing}}
        """;
    GlobalService global =
        Clusters.of(ROOT, entry).scopes().globalService(new NamespacedName("trade", "pricing"));
    assertThat(global.exportedElsewhere().isYes()).isTrue();
  }

  private static Backend backend(Topology topology) {
    Service service = topology.service("trade", "pricing").orElseThrow();
    return topology.scopes().globalBackendOf(service);
  }
}
