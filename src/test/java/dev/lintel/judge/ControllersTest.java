package dev.lintel.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.mesh.Keys;
import dev.lintel.resource.Metadata;
import dev.lintel.resource.Namespace;
import dev.lintel.rule.Action;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ControllersTest {

  private static final String ISTIOD = "system:serviceaccount:istio-system:istiod";
  private static final String TOOL = "system:serviceaccount:argocd:application-controller";

  private static final Metadata MANAGED =
      named("waypoint", Map.of(Keys.MANAGED, "istio.io-mesh-controller"));

  @Test
  void theControlPlaneOwnsWhatPeeringGenerates() {
    assertThat(owns(generatedByPeering(), ISTIOD)).isTrue();
    assertThat(owns(generatedByPeering(), "system:serviceaccount:mesh:istiod-1-30")).isTrue();
  }

  @Test
  void aDeploymentToolDoesNotOwnWhatPeeringGenerates() {
    assertThat(owns(generatedByPeering(), TOOL)).isFalse();
    assertThat(owns(inRootNamespace("autogen.shop.cart"), TOOL)).isFalse();
  }

  @Test
  void anyControllerOwnsWhatIsGeneratedForAGateway() {
    assertThat(owns(MANAGED, "system:serviceaccount:kgateway-system:kgateway")).isTrue();
    assertThat(owns(MANAGED, "alice")).isFalse();
  }

  @Test
  void aPersonOwnsNothingThatIsGenerated() {
    assertThat(owns(generatedByPeering(), "alice")).isFalse();
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

  @Test
  void theGarbageCollectorMayTouchWhatIsGenerated() {
    assertThat(owns(ownedByGateway(), "system:kube-controller-manager")).isTrue();
    assertThat(owns(generatedByPeering(), "system:kube-controller-manager")).isTrue();
  }

  @Test
  void whatIsOwnedByAGatewayIsNeverRefused() {
    assertThat(ceiling(Optional.empty(), ownedByGateway())).isEqualTo(Action.WARN);
    assertThat(ceiling(Optional.of(ownedByGateway()), ownedByGateway())).isEqualTo(Action.WARN);
  }

  @Test
  void whatWasGeneratedBeforeIsNeverRefused() {
    assertThat(ceiling(Optional.of(generatedByPeering()), generatedByPeering()))
        .isEqualTo(Action.WARN);
    assertThat(ceiling(Optional.of(MANAGED), MANAGED)).isEqualTo(Action.WARN);
  }

  @Test
  void whoeverTakesTheMarksOfAGeneratedObjectIsJudgedLikeAnyoneElse() {
    assertThat(ceiling(Optional.empty(), generatedByPeering())).isEqualTo(Action.DENY);
    assertThat(ceiling(Optional.empty(), MANAGED)).isEqualTo(Action.DENY);
    assertThat(ceiling(Optional.of(named("waypoint", Map.of())), MANAGED)).isEqualTo(Action.DENY);
  }

  @Test
  void whoeverGivesUpTheMarksIsJudgedLikeAnyoneElse() {
    assertThat(ceiling(Optional.of(MANAGED), named("waypoint", Map.of()))).isEqualTo(Action.DENY);
  }

  private static Action ceiling(Optional<Metadata> old, Metadata now) {
    return Controllers.ceiling(
        new Write(new Namespace(now), old.map(Namespace::new), "alice"), "istio-system");
  }

  private static boolean owns(Metadata metadata, String user) {
    return Controllers.ownsWrite(new Namespace(metadata), user, "istio-system");
  }

  private static Metadata ownedByGateway() {
    return new Metadata(
        "shop",
        "waypoint",
        Map.of(),
        Map.of(),
        Instant.EPOCH,
        false,
        List.of(new Metadata.Owner("Gateway", "waypoint")));
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
