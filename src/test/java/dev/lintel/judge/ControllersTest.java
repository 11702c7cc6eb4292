package dev.lintel.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.mesh.Keys;
import dev.lintel.resource.Metadata;
import dev.lintel.resource.Namespace;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ControllersTest {

  private static final String ISTIOD = "system:serviceaccount:istio-system:istiod";
  private static final String TOOL = "system:serviceaccount:argocd:application-controller";

  @Test
  void theControlPlaneOwnsWhatPeeringGenerates() {
    assertThat(owns(generatedByPeering(), ISTIOD)).isTrue();
    assertThat(owns(generatedByPeering(), "system:serviceaccount:mesh:istiod-1-30")).isTrue();
  }

  @Test
  void aDeploymentToolDoesNotOwnWhatPeeringGenerates() {
    assertThat(owns(generatedByPeering(), TOOL)).isFalse();
    assertThat(owns(named("autogen.shop.cart", Map.of()), TOOL)).isFalse();
  }

  @Test
  void anyControllerOwnsWhatIsGeneratedForAGateway() {
    Metadata managed = named("waypoint", Map.of(Keys.MANAGED, "istio.io-mesh-controller"));

    assertThat(owns(managed, "system:serviceaccount:kgateway-system:kgateway")).isTrue();
    assertThat(owns(managed, "alice")).isFalse();
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

  private static boolean owns(Metadata metadata, String user) {
    return Controllers.ownsWrite(new Namespace(metadata), user, "istio-system");
  }

  private static Metadata generatedByPeering() {
    return named("autogen.shop.cart", Map.of(Keys.PARENT_SERVICE, "cart"));
  }

  private static Metadata named(String name, Map<String, String> labels) {
    return new Metadata("shop", name, labels, Map.of(), Instant.EPOCH, false, List.of());
  }
}
