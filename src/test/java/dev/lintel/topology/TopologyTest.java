package dev.lintel.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.mesh.Platform;
import dev.lintel.mesh.Version;
import dev.lintel.resource.Kind;
import dev.lintel.resource.Namespace;
import dev.lintel.resource.ResourceRef;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a topology is as a whole. */
class TopologyTest {

  private static final String SHOP =
      """
      apiVersion: v1
      kind: Namespace
      metadata: {name: shop, labels: {istio.io/dataplane-mode: ambient}}
      """;
  private static final String CART =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: cart, namespace: shop}
      spec: {clusterIP: 10.0.0.1, ports: [{port: 80}]}
      """;
  private static final Platform OLD_KUBERNETES =
      Platform.AUTO.withKubernetesVersion(Optional.of(Version.of(1, 30)));

  @Test
  void objectsAndPlatformMakeItsIdentity() {
    assertThat(Clusters.of(SHOP, CART)).isEqualTo(Clusters.of(CART, SHOP));
    assertThat(Clusters.of(SHOP, CART)).hasSameHashCodeAs(Clusters.of(CART, SHOP));
    assertThat(Clusters.of(SHOP, CART)).isNotEqualTo(Clusters.of(SHOP));
    assertThat(Clusters.of(SHOP)).isNotEqualTo(Clusters.of(OLD_KUBERNETES, SHOP));
    assertThat(Clusters.of(SHOP)).isNotEqualTo(SHOP);
    assertThat(Clusters.of(SHOP).hashCode()).isNotEqualTo(Clusters.of(CART).hashCode());
  }

  @Test
  void itIsSpokenByTheIdentitiesOfItsObjects() {
    assertThat(Clusters.of(SHOP, CART)).hasToString("Topology[Namespace/shop, Service/shop/cart]");
  }

  @Test
  void underOtherPlatformFactsTheObjectsStayTheSame() {
    Topology topology = Clusters.of(SHOP, CART);
    assertThat(topology.withPlatform(Platform.AUTO)).isSameAs(topology);
    assertThat(topology.withPlatform(OLD_KUBERNETES))
        .isEqualTo(Clusters.of(OLD_KUBERNETES, SHOP, CART));
  }

  @Test
  void whatChangesNothingIsTheSameTopology() {
    Topology topology = Clusters.of(SHOP, CART);
    Namespace shop = topology.namespace("shop").orElseThrow();
    assertThat(topology.apply(Change.put(shop))).isSameAs(topology);
    assertThat(topology.apply(Change.remove(new ResourceRef(Kind.SERVICE, "shop", "none"))))
        .isSameAs(topology);
  }

  @Test
  void namespacesOfTheMeshAreKnown() {
    Topology topology = Clusters.of(SHOP, SHOP.replace("shop", "plain").replace("ambient", "none"));
    assertThat(topology.isAmbient("shop")).isTrue();
    assertThat(topology.isAmbient("plain")).isFalse();
    assertThat(topology.isAmbient("unknown")).isFalse();
    assertThat(topology.ambientNamespaces()).containsExactly("shop");
  }
}
