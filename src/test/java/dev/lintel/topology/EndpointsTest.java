package dev.lintel.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.mesh.IstioDistribution;
import dev.lintel.mesh.Locality;
import dev.lintel.mesh.Platform;
import dev.lintel.mesh.Tier;
import dev.lintel.mesh.TrafficDistribution;
import dev.lintel.mesh.Version;
import dev.lintel.topology.EndpointOrder.Kind;
import dev.lintel.topology.Endpoints.Endpoint;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where endpoints are and in which order they are taken, as each reader sees them. */
class EndpointsTest {

  private static final String NODES =
      """
      apiVersion: v1
      kind: Node
      metadata: {name: n1, labels: {topology.kubernetes.io/region: eu, topology.kubernetes.io/zone: eu-1}}
      ---
      apiVersion: v1
      kind: Node
      metadata: {name: n2, labels: {topology.kubernetes.io/region: eu, topology.kubernetes.io/zone: eu-2}}
      ---
      {apiVersion: v1, kind: Node, metadata: {name: n3}}
      """;
  private static final String ROOT =
      "{apiVersion: v1, kind: Namespace,"
          + " metadata: {name: istio-system, labels: {topology.istio.io/network: east}}}";
  private static final String SLICES =
      """
      apiVersion: discovery.k8s.io/v1
      kind: EndpointSlice
      metadata: {name: cart-4, namespace: shop, labels: {kubernetes.io/service-name: cart}}
      addressType: IPv4
      endpoints:
        - {nodeName: n1, zone: eu-1, conditions: {ready: true}}
        - {nodeName: n2, zone: eu-2, conditions: {ready: false}}
        - {nodeName: unseen, zone: eu-3}
      ---
      apiVersion: discovery.k8s.io/v1
      kind: EndpointSlice
      metadata: {name: cart-6, namespace: shop, labels: {kubernetes.io/service-name: cart}}
      addressType: IPv6
      endpoints: [{nodeName: n1}, {nodeName: n2}, {nodeName: unseen}]
      """;
  private static final String GLOBAL =
      """
      apiVersion: networking.istio.io/v1
      kind: ServiceEntry
      metadata:
        name: autogen.shop.cart
        namespace: istio-system
        labels: {solo.io/parent-service: cart, solo.io/parent-service-namespace: shop}
      spec:
        hosts: [cart.shop.mesh.internal]
        resolution: STATIC
        workloadSelector: {labels: {app: cart}}
      ---
      apiVersion: networking.istio.io/v1
      kind: WorkloadEntry
      metadata:
        name: autogen.west.shop.cart
        namespace: istio-system
        labels: {app: cart, solo.io/source-cluster: west}
      spec: {network: west, locality: us/us-1}
      """;

  @Test
  void endpointsAreWhereTheirNodesAreAndPodsOfTwoFamiliesCountOnce() {
    Endpoints endpoints = ofCart("", EndpointReader.ISTIOD_PROXY, NODES, ROOT, SLICES);
    assertThat(endpoints.count()).isEqualTo(3);
    assertThat(endpoints.known())
        .extracting(endpoint -> endpoint.place().zone())
        .containsExactlyInAnyOrder(Optional.of("eu-1"), Optional.of("eu-2"), Optional.of("eu-3"));
    assertThat(endpoints.known()).filteredOn(Endpoint::ready).hasSize(2);
  }

  @Test
  void aNodeThatIsNotKnownLeavesTheRegionUnknownAndOneWithoutLabelsHasNone() {
    String slice = SLICES.replace("nodeName: n2", "nodeName: n3");
    List<Optional<String>> regions =
        ofCart("", EndpointReader.ISTIOD_PROXY, NODES, ROOT, slice).known().stream()
            .map(endpoint -> endpoint.place().region())
            .toList();
    assertThat(regions)
        .containsExactlyInAnyOrder(Optional.of("eu"), Optional.of(""), Optional.empty());
  }

  @Test
  void istiodKnowsTheNetworkOfTheClusterAndKgatewayOnlyLabelsOfPods() {
    assertThat(networks(EndpointReader.ISTIOD_PROXY, NODES, ROOT, SLICES))
        .containsOnly(Optional.of("east"));
    assertThat(networks(EndpointReader.KGATEWAY, NODES, ROOT, SLICES))
        .containsOnly(Optional.of(""));
    assertThat(networks(EndpointReader.ISTIOD_PROXY, NODES, SLICES)).containsOnly(Optional.empty());
  }

  @Test
  void withoutSlicesTheKnownPodsMayNotBeAll() {
    String pod =
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: cart-0, namespace: shop, labels: {app: cart, topology.istio.io/network: n}}
        spec: {nodeName: n1}
        """;
    Endpoints endpoints = ofCart("", EndpointReader.KGATEWAY, NODES, pod);
    assertThat(endpoints.complete().isUnknown()).isTrue();
    assertThat(endpoints.known())
        .extracting(endpoint -> endpoint.place().get(Tier.NETWORK))
        .containsExactly(Optional.of("n"));
  }

  @Test
  void aGlobalHostHasLocalAndRemoteEndpointsForIstiodAndNoneForOpenSourceKgateway() {
    Topology topology =
        Clusters.of(cart("", "solo.io/service-scope: global"), NODES, ROOT, SLICES, GLOBAL);
    Backend global = Clusters.entry(topology, "istio-system", "autogen.shop.cart");
    Endpoints forIstiod = topology.endpoints().of(global, EndpointReader.ISTIOD_PROXY);
    assertThat(forIstiod.count()).isEqualTo(4);
    assertThat(forIstiod.known())
        .extracting(endpoint -> endpoint.place().get(Tier.NETWORK))
        .contains(Optional.of("west"));
    assertThat(topology.endpoints().of(global, EndpointReader.KGATEWAY).count()).isEqualTo(0);
    assertThat(
            topology
                .endpoints()
                .of(Clusters.service(topology, "shop", "cart"), EndpointReader.ISTIOD_PROXY)
                .count())
        .isEqualTo(3);
  }

  @Test
  void aTakeoverAddsTheEndpointsOfOtherClustersToTheLocalHostButNotForKgateway() {
    Topology topology =
        Clusters.of(
            cart("", "solo.io/service-scope: global, solo.io/service-takeover: 'true'"),
            SLICES,
            GLOBAL);
    Backend local = Clusters.service(topology, "shop", "cart");
    assertThat(topology.endpoints().of(local, EndpointReader.ISTIOD_PROXY).count()).isEqualTo(4);
    assertThat(topology.endpoints().of(local, EndpointReader.KGATEWAY).count()).isEqualTo(6);
  }

  @Test
  void writtenEndpointsTellTheirPlaceAndNamesAreNotResolved() {
    String entry =
        """
        apiVersion: networking.istio.io/v1
        kind: ServiceEntry
        metadata: {name: partner, namespace: shop}
        spec:
          hosts: [api.partner.example]
          resolution: %s
          endpoints: [{address: 192.0.2.1, locality: eu/eu-1/rack-1}, {address: 192.0.2.2}]
        """;
    Topology written = Clusters.of(entry.formatted("STATIC"));
    Endpoints endpoints =
        written.endpoints().of(Clusters.entry(written, "shop", "partner"), EndpointReader.ZTUNNEL);
    assertThat(endpoints.count()).isEqualTo(2);
    assertThat(endpoints.known().getFirst().place().get(Tier.SUBZONE)).contains("rack-1");
    assertThat(endpoints.known().getLast().place().region()).contains("");
    Topology named = Clusters.of(entry.formatted("DNS"));
    assertThat(
            named
                .endpoints()
                .of(Clusters.entry(named, "shop", "partner"), EndpointReader.ZTUNNEL)
                .complete()
                .isUnknown())
        .isTrue();
  }

  @Test
  void kgatewayTakesEveryAddressForAnEndpointAndLeavesOutWhatIsNotReady() {
    Endpoints endpoints = ofCart("", EndpointReader.KGATEWAY, NODES, SLICES);
    assertThat(endpoints.count()).isEqualTo(6);
    assertThat(endpoints.inUse()).isEqualTo(5);
    assertThat(endpoints.readyInUse()).isEqualTo(5);
  }

  @Test
  void istiodSendsWhatIsNotReadySince131OrWhereAModeIsSetAndNeverWhatIsAboutToGo() {
    String going =
        SLICES.replace("{nodeName: unseen, zone: eu-3}", "{conditions: {terminating: true}}");
    assertThat(ofCart(withVersion("1.31.0"), "", going).inUse()).isEqualTo(2);
    assertThat(ofCart(withVersion("1.30.2"), "", going).inUse()).isEqualTo(1);
    assertThat(ofCart(withVersion("1.30.2"), "trafficDistribution: PreferClose", going).inUse())
        .isEqualTo(2);
    assertThat(ofCart(withVersion("1.31.0"), "", going).readyInUse()).isEqualTo(1);
  }

  @Test
  void anEndpointOfAServiceWithoutSelectorHasAPlaceAtKgatewayOnlyWhereItNamesAPod() {
    String slice =
        """
        apiVersion: v1
        kind: Service
        metadata: {name: db, namespace: shop}
        ---
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {name: db-1, namespace: shop, labels: {kubernetes.io/service-name: db}}
        endpoints:
          - {addresses: [10.0.0.1], nodeName: n1, zone: eu-1}
          - {addresses: [10.0.0.2], nodeName: n2, targetRef: {kind: Pod, name: db-0}}
          - {addresses: [10.0.0.3], nodeName: n1, targetRef: {kind: VirtualMachine, name: db-1}}
        """;
    Topology topology = Clusters.of(NODES, slice);
    Backend db = Clusters.service(topology, "shop", "db");
    assertThat(topology.endpoints().of(db, EndpointReader.KGATEWAY).places())
        .extracting(Place::zone)
        .containsExactlyInAnyOrder(Optional.of(""), Optional.of("eu-2"), Optional.of(""));
    assertThat(topology.endpoints().of(db, EndpointReader.ISTIOD_PROXY).places())
        .extracting(Place::zone)
        .containsExactlyInAnyOrder(Optional.of("eu-1"), Optional.of("eu-2"), Optional.of("eu-1"));
  }

  @Test
  void anEndpointHasTheLabelsOfThePodThatItNamesAndNotOfANeighbour() {
    String pods =
        """
        {apiVersion: v1, kind: Pod, metadata: {name: cart-0, namespace: shop, labels: {app: cart, v: '1'}}, spec: {nodeName: n1}}
        ---
        {apiVersion: v1, kind: Pod, metadata: {name: cart-1, namespace: shop, labels: {app: cart, v: '2'}}, spec: {nodeName: n1}}
        ---
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {name: cart-4, namespace: shop, labels: {kubernetes.io/service-name: cart}}
        endpoints:
          - {nodeName: n1, targetRef: {kind: Pod, name: cart-1}}
          - {nodeName: n1, targetRef: {kind: Pod, name: cart-9}}
        """;
    assertThat(ofCart("", EndpointReader.KGATEWAY, pods).labels())
        .containsExactly(Map.of("app", "cart", "v", "2"));
  }

  @Test
  void kgatewaySelectsWorkloadsByTheirMetadataAndPodsByTheirPlaceAsWell() {
    String entry =
        """
        apiVersion: networking.istio.io/v1
        kind: ServiceEntry
        metadata: {name: rates, namespace: shop}
        spec: {hosts: [rates.example], resolution: STATIC, workloadSelector: {labels: {%s}}}
        ---
        {apiVersion: networking.istio.io/v1, kind: WorkloadEntry, metadata: {name: a, namespace: shop, labels: {app: rates}}}
        ---
        {apiVersion: networking.istio.io/v1, kind: WorkloadEntry, metadata: {name: b, namespace: shop}, spec: {labels: {app: rates}}}
        ---
        {apiVersion: v1, kind: Pod, metadata: {name: p, namespace: shop, labels: {app: other}}, spec: {nodeName: n1}}
        """;
    assertThat(ofRates(entry.formatted("app: rates"), EndpointReader.KGATEWAY).count())
        .isEqualTo(1);
    assertThat(ofRates(entry.formatted("app: rates"), EndpointReader.ISTIOD_PROXY).count())
        .isEqualTo(2);
    String byZone = entry.formatted("topology.kubernetes.io/zone: eu-1");
    assertThat(ofRates(byZone, EndpointReader.KGATEWAY).count()).isEqualTo(1);
    assertThat(ofRates(byZone, EndpointReader.ISTIOD_PROXY).count()).isZero();
    Endpoints empty = ofRates(entry.formatted(""), EndpointReader.KGATEWAY);
    assertThat(empty.count()).isZero();
    assertThat(empty.complete().isYes()).isTrue();
  }

  @Test
  void aWorkloadWithoutLocalityIsWhereItsLabelsSay() {
    String entry =
        """
        apiVersion: networking.istio.io/v1
        kind: ServiceEntry
        metadata: {name: rates, namespace: shop}
        spec:
          hosts: [rates.example]
          resolution: STATIC
          endpoints:
            - {address: 10.0.0.1, labels: {topology.kubernetes.io/zone: z1, istio-locality: r2.z2}}
        """;
    assertThat(ofRates(entry, EndpointReader.KGATEWAY).places().getFirst().zone()).contains("z1");
    assertThat(ofRates(entry, EndpointReader.ISTIOD_PROXY).places().getFirst().zone())
        .contains("z2");
  }

  @Test
  void everyModeComparesItsTiersInOrder() {
    assertThat(order("PreferSameZone", EndpointReader.ZTUNNEL).tiers())
        .containsExactly(Tier.NETWORK, Tier.REGION, Tier.ZONE);
    assertThat(order("PreferClose", EndpointReader.ISTIOD_PROXY).tiers())
        .containsExactly(Tier.NETWORK, Tier.REGION, Tier.ZONE);
    assertThat(order("PreferSameNode", EndpointReader.ZTUNNEL).tiers())
        .containsExactly(Tier.NETWORK, Tier.REGION, Tier.ZONE, Tier.SUBZONE, Tier.NODE);
    assertThat(order("PreferNetwork", EndpointReader.ZTUNNEL).tiers())
        .containsExactly(Tier.NETWORK);
    assertThat(order("PreferRegion", EndpointReader.ZTUNNEL).tiers())
        .containsExactly(Tier.NETWORK, Tier.REGION);
    assertThat(order("Any", EndpointReader.ZTUNNEL).tiers()).isEmpty();
  }

  @Test
  void kgatewayComparesNoRegionAndDoesNotKnowEveryMode() {
    assertThat(order("PreferSameZone", EndpointReader.KGATEWAY).tiers())
        .containsExactly(Tier.NETWORK, Tier.ZONE);
    assertThat(order("PreferRegion", EndpointReader.KGATEWAY).tiers()).isEmpty();
  }

  @Test
  void theModesOfSoloAreWhatThePolicySaysExceptInUpstreamIstio() {
    Platform solo = platform(IstioDistribution.SOLO);
    Platform upstream = platform(IstioDistribution.UPSTREAM);
    assertThat(order(solo, "PreferClose", EndpointReader.ZTUNNEL).tiers())
        .containsExactly(Tier.ZONE);
    assertThat(order(upstream, "PreferClose", EndpointReader.ZTUNNEL).tiers())
        .containsExactly(Tier.NETWORK, Tier.REGION, Tier.ZONE);
  }

  @Test
  void aNodeLocalServiceIsStrictForAllButKgateway() {
    Topology topology =
        Clusters.of(cart("internalTrafficPolicy: Local, trafficDistribution: PreferClose", ""));
    Backend cart = Clusters.service(topology, "shop", "cart");
    EndpointOrder order = topology.endpoints().orderOf(cart, EndpointReader.ZTUNNEL);
    assertThat(order.kind()).isEqualTo(Kind.STRICT);
    Place client = place("east", "eu", "eu-1").with(Tier.NODE, "n1");
    List<Endpoint> endpoints =
        List.of(endpoint(client), endpoint(place("east", "eu", "eu-1").with(Tier.NODE, "n2")));
    assertThat(order.ranks(client, endpoints).orElseThrow())
        .extracting(EndpointOrder.Rank::endpoints)
        .containsExactly(List.of(endpoint(client)));
    assertThat(topology.endpoints().orderOf(cart, EndpointReader.ISTIOD_PROXY)).isEqualTo(order);
    assertThat(topology.endpoints().orderOf(cart, EndpointReader.KGATEWAY).kind())
        .isEqualTo(Kind.FAILOVER);
  }

  @Test
  void anEntryWithoutResolutionIsPassedThrough() {
    Topology topology =
        Clusters.of(
            """
            apiVersion: networking.istio.io/v1
            kind: ServiceEntry
            metadata: {name: partner, namespace: shop}
            spec: {hosts: [api.partner.example], resolution: NONE}
            """);
    assertThat(
            topology
                .endpoints()
                .orderOf(Clusters.entry(topology, "shop", "partner"), EndpointReader.ZTUNNEL)
                .kind())
        .isEqualTo(Kind.PASSTHROUGH);
  }

  @Test
  void ztunnelRanksTheNetworkFirstAndEveryOtherTierUntilTheFirstDifference() {
    EndpointOrder order = order("PreferClose", EndpointReader.ZTUNNEL);
    Place client = place("east", "eu", "eu-1");
    assertThat(order.closeness(client, place("east", "eu", "eu-1"))).contains(5);
    assertThat(order.closeness(client, place("east", "eu", "eu-2"))).contains(4);
    assertThat(order.closeness(client, place("east", "us", "eu-1"))).contains(3);
    assertThat(order.closeness(client, place("west", "eu", "eu-1"))).contains(2);
    assertThat(order.closeness(client, place("west", "eu", "eu-2"))).contains(1);
    assertThat(order.closeness(client, place("west", "us", "us-1"))).contains(0);
  }

  @Test
  void anOlderEnvoyTakesAnotherNetworkLast() {
    Platform old = withVersion("1.30.2");
    Place client = place("east", "eu", "eu-1");
    assertThat(
            order(old, "PreferClose", EndpointReader.ISTIOD_PROXY)
                .closeness(client, place("west", "eu", "eu-1")))
        .contains(0);
    assertThat(
            order(withVersion("1.31.0"), "PreferClose", EndpointReader.ISTIOD_PROXY)
                .closeness(client, place("west", "eu", "eu-1")))
        .contains(2);
  }

  @Test
  void missingLocalitiesAreEquallyCloseAndUnknownOnesAreUnknown() {
    EndpointOrder order = order("PreferClose", EndpointReader.ZTUNNEL);
    Place nowhere = place("", "", "");
    assertThat(order.closeness(nowhere, nowhere)).contains(5);
    assertThat(order.closeness(nowhere, Place.UNKNOWN)).isEmpty();
    assertThat(order.ranks(nowhere, List.of(endpoint(Place.UNKNOWN)))).isEmpty();
  }

  @Test
  void theClosestGroupComesFirst() {
    EndpointOrder order = order("PreferClose", EndpointReader.ZTUNNEL);
    Place near = place("east", "eu", "eu-1");
    Place far = place("west", "us", "us-1");
    List<Endpoint> endpoints = List.of(endpoint(far), endpoint(near), endpoint(near));
    assertThat(order.ranks(near, endpoints).orElseThrow())
        .extracting(rank -> rank.endpoints().size())
        .containsExactly(2, 1);
  }

  @Test
  void theNodesTellHowManyLackALocality() {
    NodeLocalities nodes = Clusters.of(NODES).endpoints().nodeLocalities();
    assertThat(nodes.nodes()).isEqualTo(3);
    assertThat(nodes.incomplete()).isEqualTo(1);
    assertThat(nodes.regions()).containsExactly("eu");
    assertThat(nodes.zones()).containsExactlyInAnyOrder("eu-1", "eu-2");
    assertThat(Clusters.of(ROOT).endpoints().nodeLocalities().nodes()).isZero();
  }

  private static List<Optional<String>> networks(EndpointReader reader, String... objects) {
    return ofCart("", reader, objects).known().stream()
        .map(endpoint -> endpoint.place().get(Tier.NETWORK))
        .toList();
  }

  private static Endpoints ofCart(String spec, EndpointReader reader, String... objects) {
    Topology topology = Clusters.of(cart(spec, ""), String.join("\n---\n", objects));
    return topology.endpoints().of(Clusters.service(topology, "shop", "cart"), reader);
  }

  private static Endpoints ofCart(Platform platform, String spec, String... objects) {
    Topology topology = Clusters.of(platform, cart(spec, ""), String.join("\n---\n", objects));
    return topology
        .endpoints()
        .of(Clusters.service(topology, "shop", "cart"), EndpointReader.ISTIOD_PROXY);
  }

  private static Endpoints ofRates(String entry, EndpointReader reader) {
    Topology topology = Clusters.of(NODES, entry);
    return topology.endpoints().of(Clusters.entry(topology, "shop", "rates"), reader);
  }

  private static EndpointOrder order(String mode, EndpointReader reader) {
    return order(Platform.AUTO, mode, reader);
  }

  private static EndpointOrder order(Platform platform, String mode, EndpointReader reader) {
    Topology topology =
        Clusters.of(
            platform,
            """
            apiVersion: v1
            kind: Service
            metadata:
              name: cart
              namespace: shop
              annotations: {networking.istio.io/traffic-distribution: %s}
            """
                .formatted(mode));
    return topology.endpoints().orderOf(Clusters.service(topology, "shop", "cart"), reader);
  }

  private static String cart(String spec, String labels) {
    return "{apiVersion: v1, kind: Service, metadata: {name: cart, namespace: shop, labels: {%s}}, spec: {selector: {app: cart}%s}}"
        .formatted(labels, spec.isEmpty() ? "" : ", " + spec);
  }

  private static Place place(String network, String region, String zone) {
    return Place.UNKNOWN.with(Tier.NETWORK, network).in(new Locality(region, zone, ""));
  }

  private static Endpoint endpoint(Place place) {
    return new Endpoint(place, true, true, Optional.empty());
  }

  private static Platform withVersion(String version) {
    return platform(Optional.empty(), Version.parse(version), Map.of());
  }

  private static Platform platform(IstioDistribution istio) {
    return platform(
        Optional.of(istio),
        Optional.empty(),
        Map.of(TrafficDistribution.PREFER_SAME_ZONE, List.of(Tier.ZONE)));
  }

  private static Platform platform(
      Optional<IstioDistribution> istio,
      Optional<Version> version,
      Map<TrafficDistribution, List<Tier>> tiers) {
    Platform auto = Platform.AUTO;
    return new Platform(
        auto.clusterDomain(),
        auto.rootNamespace(),
        istio,
        version,
        auto.kgateway(),
        auto.istioIntegration(),
        auto.ingressUseWaypoints(),
        auto.referenceGrantMode(),
        auto.scopeSource(),
        auto.globalDomain(),
        tiers,
        auto.kubernetesVersion(),
        auto.kgatewayNamespaces());
  }
}
