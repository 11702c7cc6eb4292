package dev.lintel.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Verdicts that rest on other objects, which Lintel knows from its watches only. */
@OnApiServer
class IngressPathIT {

  private static final String TO_WAYPOINT = "istio.io/use-waypoint=waypoint";
  private static final String FROM_INGRESS = "istio.io/ingress-use-waypoint=true";

  private final Kubectl kubectl;
  private final String namespace;
  private final Shop shop;

  IngressPathIT(Installation installation) {
    shop = Shop.open(installation);
    kubectl = installation.kubectl();
    namespace = shop.namespace();
  }

  @AfterEach
  void theControllerHonoursTheLabelAgain() {
    setEnvironment("KGW_ENABLE_WAYPOINT=true");
  }

  @Test
  void aRuleBehindAWaypointThatIsNotReadyIsReadByNobody() {
    shop.label(TO_WAYPOINT, FROM_INGRESS);
    Eventually.holds(
        () ->
            assertThat(writeRule("create", "--dry-run=server").succeeds().err())
                .contains("[DR-001]", "Gateway " + namespace + "/front"));
  }

  @Test
  void theLabelThatTakesARuleFromTheGatewayWarnsOfTheRule() {
    shop.label(TO_WAYPOINT);
    writeRule("create").succeeds();
    Eventually.holds(
        () ->
            assertThat(shop.label(FROM_INGRESS, "--dry-run=server").succeeds().err())
                .contains("[DR-001] DestinationRule " + namespace + "/cart: "));
  }

  @Test
  void aControllerThatDoesNotHonourTheLabelIsNamed() {
    shop.waypointIsReady();
    shop.label(TO_WAYPOINT);
    setEnvironment("KGW_ENABLE_WAYPOINT-");
    Eventually.holds(
        () ->
            assertThat(shop.label(FROM_INGRESS, "--dry-run=server").succeeds().err())
                .contains("[WP-015]", "KGW_ENABLE_WAYPOINT"));
    setEnvironment("KGW_ENABLE_WAYPOINT=true");
    Eventually.holds(() -> shop.label(FROM_INGRESS, "--dry-run=server").succeedsSilently());
  }

  private Printed writeRule(String... command) {
    return kubectl.write(
        """
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata:
          name: cart
          namespace: %1$s
        spec:
          host: cart.%1$s.svc.cluster.local
          trafficPolicy:
            outlierDetection: {consecutive5xxErrors: 5, interval: 10s, baseEjectionTime: 30s}
        """
            .formatted(namespace),
        command);
  }

  private void setEnvironment(String variable) {
    kubectl.run("set", "env", "deployment/kgateway", "-n", "kgateway-system", variable).succeeds();
  }
}
