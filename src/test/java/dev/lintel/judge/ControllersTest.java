package dev.lintel.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.mesh.Keys;
import dev.lintel.policy.Policy;
import dev.lintel.policy.PolicyReader;
import dev.lintel.resource.Metadata;
import dev.lintel.resource.Namespace;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ControllersTest {

  private static final String ISTIOD = "system:serviceaccount:istio-system:istiod";
  private static final String KGATEWAY = "system:serviceaccount:kgateway-system:kgateway";
  private static final String TOOL = "system:serviceaccount:argocd:application-controller";

  private static final Metadata MANAGED =
      named("waypoint", Map.of(Keys.MANAGED, "istio.io-mesh-controller"));

  @Test
  void theControlPlaneOwnsWhatPeeringGenerates() {
    assertThat(owns(generatedByPeering(), ISTIOD)).isTrue();
    assertThat(owns(generatedByPeering(), ISTIOD + "-1-30")).isTrue();
  }

  @Test
  void aDeploymentToolOwnsNothing() {
    assertThat(owns(generatedByPeering(), TOOL)).isFalse();
    assertThat(owns(inRootNamespace("autogen.shop.cart"), TOOL)).isFalse();
    assertThat(owns(MANAGED, TOOL)).isFalse();
  }

  @Test
  void aControllerOwnsWhatIsGeneratedForAGateway() {
    assertThat(owns(MANAGED, KGATEWAY)).isTrue();
    assertThat(owns(ownedByGateway(), KGATEWAY)).isTrue();
    assertThat(owns(MANAGED, "alice")).isFalse();
  }

  @Test
  void whatIsNotGeneratedIsOwnedByNobody() {
    assertThat(owns(named("cart", Map.of()), ISTIOD)).isFalse();
    assertThat(owns(named("cart", Map.of()), "system:kube-controller-manager")).isFalse();
  }

  @Test
  void aNameLikeThoseOfPeeringMeansNothingOutsideTheRootNamespace() {
    assertThat(owns(named("autogen.shop.cart", Map.of()), ISTIOD)).isFalse();
    assertThat(owns(inRootNamespace("autogen.shop.cart"), ISTIOD)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "system:kube-controller-manager",
        "system:serviceaccount:kube-system:generic-garbage-collector",
        "system:serviceaccount:kube-system:namespace-controller",
      })
  void theGarbageCollectorMayTouchWhatIsGenerated(String user) {
    assertThat(owns(ownedByGateway(), user)).isTrue();
    assertThat(owns(generatedByPeering(), user)).isTrue();
  }

  @Test
  void theRootNamespaceOfThePolicySaysWhereIstiodIs() {
    Policy policy = policy("platform: {istio: {rootNamespace: mesh}}");
    assertThat(owns(MANAGED, "system:serviceaccount:mesh:istiod", policy)).isTrue();
    assertThat(owns(MANAGED, ISTIOD, policy)).isFalse();
  }

  @Test
  void theNamespacesOfThePolicySayWhereKgatewayIs() {
    Policy policy = policy("platform: {kgateway: {namespaces: [edge-a, edge-b]}}");
    assertThat(owns(MANAGED, "system:serviceaccount:edge-b:enterprise-kgateway", policy)).isTrue();
    assertThat(owns(MANAGED, KGATEWAY, policy)).isFalse();
  }

  @Test
  void aListInThePolicyTakesThePlaceOfTheDefaults() {
    Policy policy = policy("subjects: {controllers: ['system:serviceaccount:mesh:*']}");
    assertThat(owns(MANAGED, "system:serviceaccount:mesh:peering", policy)).isTrue();
    assertThat(owns(MANAGED, ISTIOD, policy)).isFalse();
  }

  private static boolean owns(Metadata metadata, String user) {
    return owns(metadata, user, Policy.DEFAULT);
  }

  private static boolean owns(Metadata metadata, String user, Policy policy) {
    return Controllers.ownsWrite(new Namespace(metadata), user, policy);
  }

  private static Policy policy(String keys) {
    return PolicyReader.read("policy", "apiVersion: lintel.dev/v1\nkind: Policy\n" + keys)
        .orElseThrow();
  }

  private static Metadata ownedByGateway() {
    return new Metadata(
        "shop",
        "waypoint",
        Map.of(),
        Map.of(),
        Instant.EPOCH,
        false,
        List.of(new Metadata.Owner("gateway.networking.k8s.io", "Gateway", "waypoint", "1")));
  }

  private static Metadata inRootNamespace(String name) {
    return new Metadata("istio-system", name, Map.of(), Map.of(), Instant.EPOCH, false, List.of());
  }

  private static Metadata generatedByPeering() {
    return named("autogen.shop.cart", Map.of(Keys.PARENT_SERVICE, "cart"));
  }

  private static Metadata named(String name, Map<String, String> labels) {
    return new Metadata("shop", name, labels, Map.of(), Instant.EPOCH, false, List.of());
  }
}
