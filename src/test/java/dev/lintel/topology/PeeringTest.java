package dev.lintel.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.mesh.Fact;
import dev.lintel.mesh.HostName;
import dev.lintel.resource.NamespacedName;
import dev.lintel.resource.Resource;
import org.junit.jupiter.api.Test;

/** What one cluster knows of the others. */
class PeeringTest {

  private static final NamespacedName PRICING = new NamespacedName("trade", "pricing");
  private static final String ROOT = root("topology.istio.io/network: net-east");
  private static final String IN_SEGMENT =
      root("topology.istio.io/network: net-east, admin.solo.io/segment: emea");
  private static final String SEGMENT =
      """
      apiVersion: admin.solo.io/v1alpha1
      kind: Segment
      metadata: {name: emea, namespace: istio-system}
      spec: {domain: emea.mesh, aliases: [{pattern: "{name}.{namespace}.mesh.internal"}]}
      """;
  private static final String PEER =
      """
      apiVersion: gateway.networking.k8s.io/v1
      kind: Gateway
      metadata: {name: west, namespace: istio-system, labels: {topology.istio.io/network: net-west}}
      spec: {gatewayClassName: istio-remote}
      """;
  private static final String GENERATED =
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
        workloadSelector: {labels: {app: pricing}}
      """;

  @Test
  void outsideOfSegmentsServicesAreGlobalUnderTheDefaultDomain() {
    Peering peering = Clusters.of(ROOT).peering();
    assertThat(peering.inSegment().isNo()).isTrue();
    assertThat(peering.domainKnown().isYes()).isTrue();
    assertThat(peering.globalHost("trade", "pricing"))
        .isEqualTo(new HostName("pricing.trade.mesh.internal"));
    assertThat(peering.network()).contains("net-east");
  }

  @Test
  void aSegmentReplacesTheDomainAndItsAliasesMayKeepOldNames() {
    Peering peering = Clusters.of(IN_SEGMENT, SEGMENT).peering();
    assertThat(peering.inSegment().isYes()).isTrue();
    assertThat(peering.globalHost("trade", "pricing"))
        .isEqualTo(new HostName("pricing.trade.emea.mesh"));
    assertThat(peering.mayBeAlias(new HostName("pricing.trade.mesh.internal"))).isTrue();
    assertThat(peering.mayBeAlias(new HostName("pricing.mesh.internal"))).isFalse();
    assertThat(peering.mayBeAlias(new HostName("pricing.trade.other.internal"))).isFalse();
  }

  @Test
  void theDefaultSegmentIsNoSegment() {
    Peering peering = Clusters.of(root("admin.solo.io/segment: default")).peering();
    assertThat(peering.inSegment().isNo()).isTrue();
    assertThat(peering.domain()).isEqualTo("mesh.internal");
    assertThat(peering.hasNetwork().isNo()).isTrue();
  }

  @Test
  void aSegmentThatCannotBeReadLeavesTheDomainUnknown() {
    Peering peering = Clusters.of(IN_SEGMENT).peering();
    assertThat(peering.inSegment().isYes()).isTrue();
    assertThat(peering.domainKnown()).isEqualTo(Fact.unknown("Segment emea is not known"));
  }

  @Test
  void withoutTheRootNamespaceNothingIsKnown() {
    Peering peering = Clusters.of(SEGMENT).peering();
    assertThat(peering.inSegment().isUnknown()).isTrue();
    assertThat(peering.hasNetwork().isUnknown()).isTrue();
    assertThat(peering.domainKnown().isUnknown()).isTrue();
  }

  @Test
  void peersAreToldByTheirClass() {
    assertThat(Clusters.of(ROOT, PEER).peering().peers())
        .extracting(Resource::name)
        .containsExactly("west");
  }

  @Test
  void aGeneratedEntryTellsItsServiceByLabelsOrByName() {
    Topology topology = Clusters.of(ROOT, GENERATED);
    assertThat(topology.scopes().globalService(PRICING).generatedHosts())
        .containsExactly(new HostName("pricing.trade.mesh.internal"));
    String unlabelled =
        """
        apiVersion: networking.istio.io/v1
        kind: ServiceEntry
        metadata: {name: %s, namespace: %s}
        spec: {hosts: [pricing.trade.emea.mesh]}
        """;
    assertThat(generated(unlabelled.formatted("autogen.emea.trade.pricing", "istio-system")))
        .isOne();
    assertThat(generated(unlabelled.formatted("autogen.trade.pricing", "istio-system"))).isOne();
    assertThat(generated(unlabelled.formatted("autogen.trade.pricing", "trade"))).isZero();
    assertThat(generated(unlabelled.formatted("pricing", "istio-system"))).isZero();
  }

  @Test
  void aWorkloadOfAnotherClusterTellsThatTheClusterExportsTheService() {
    Topology topology = Clusters.of(ROOT, PEER, workload("solo.io/parent-service: pricing"));
    GlobalService pricing = topology.scopes().globalService(PRICING);
    assertThat(pricing.sourceClusters()).containsExactly("west");
    assertThat(pricing.exportedElsewhere().isYes()).isTrue();
    assertThat(
            topology
                .scopes()
                .globalService(new NamespacedName("trade", "quotes"))
                .exportedElsewhere())
        .isEqualTo(Fact.no("no other cluster is seen to export it"));
  }

  @Test
  void aWorkloadThatTheGeneratedEntrySelectsTellsItsClusterToo() {
    Topology topology = Clusters.of(ROOT, GENERATED, workload("app: pricing"));
    assertThat(topology.scopes().globalService(PRICING).sourceClusters()).containsExactly("west");
  }

  @Test
  void anEndpointInAnotherNetworkTellsThatAnotherClusterExportsTheService() {
    String inline =
        GENERATED.replace(
            "workloadSelector: {labels: {app: pricing}}", "endpoints: [{network: net-west}]");
    assertThat(
            Clusters.of(ROOT, inline).scopes().globalService(PRICING).exportedElsewhere().isYes())
        .isTrue();
    assertThat(Clusters.of(inline).scopes().globalService(PRICING).exportedElsewhere().isUnknown())
        .isTrue();
  }

  @Test
  void withoutPeersItIsNotKnownWhoElseExports() {
    assertThat(Clusters.of(ROOT).scopes().globalService(PRICING).exportedElsewhere().isUnknown())
        .isTrue();
  }

  @Test
  void aGlobalHostTellsItsServiceByEntryOrByDomain() {
    Topology topology = Clusters.of(IN_SEGMENT, SEGMENT, GENERATED);
    assertThat(topology.scopes().globalName(new HostName("pricing.trade.mesh.internal")))
        .contains(PRICING);
    assertThat(topology.scopes().globalName(new HostName("quotes.trade.emea.mesh")))
        .contains(new NamespacedName("trade", "quotes"));
    assertThat(topology.scopes().globalName(new HostName("quotes.trade.apac.mesh"))).isEmpty();
    assertThat(topology.scopes().globalName(new HostName("*.trade.mesh.internal"))).isEmpty();
    assertThat(topology.scopes().globalName(new HostName("mesh.internal"))).isEmpty();
  }

  private static long generated(String entry) {
    return Clusters.of(ROOT, entry).scopes().globalService(PRICING).generated().size();
  }

  private static String root(String labels) {
    return "{apiVersion: v1, kind: Namespace, metadata: {name: istio-system, labels: {%s}}}"
        .formatted(labels);
  }

  private static String workload(String labels) {
    return """
    apiVersion: networking.istio.io/v1
    kind: WorkloadEntry
    metadata:
      name: autogen.west.trade.pricing
      namespace: istio-system
      labels: {%s, solo.io/parent-service-namespace: trade, solo.io/source-cluster: west}
    spec: {network: net-west, locality: us-west-2}
    """
        .formatted(labels);
  }
}
