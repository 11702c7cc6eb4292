package dev.lintel.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Verdicts that rest on other objects, which Lintel knows from its watches only. */
@OnApiServer
class IngressPathIT {

  private static final String TO_WAYPOINT = "istio.io/use-waypoint=waypoint";
  private static final String FROM_INGRESS = "istio.io/ingress-use-waypoint=true";

  private static final String BEHIND_VIP =
      "Gateway SHOP/front cannot apply this rule: it reaches cart.SHOP.svc.cluster.local by its"
          + " virtual IP (istio.io/ingress-use-waypoint), and waypoint Gateway"
          + " SHOP/waypoint is not usable: no proxy applies it; make it usable, or"
          + " take that label off the Service (spec.host)";

  private static final String NOT_HONOURED =
      "[lintel WP-015] kgateway at Gateway SHOP/front does not honour"
          + " `istio.io/ingress-use-waypoint` (KGW_ENABLE_WAYPOINT is not set): its requests bypass"
          + " waypoint Gateway SHOP/waypoint; set `waypoint.enabled: true` in kgateway's Helm"
          + " values (metadata.labels[istio.io/ingress-use-waypoint])";

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
    shop.label(TO_WAYPOINT, FROM_INGRESS).succeeds();
    Eventually.holds(
        () ->
            writeRule("create", "--dry-run=server")
                .succeedsWith(warning("[lintel DR-001] " + BEHIND_VIP)));
  }

  @Test
  void theLabelThatTakesARuleFromTheGatewayWarnsOfTheRule() {
    shop.label(TO_WAYPOINT).succeeds();
    writeRule("create").succeeds();
    Eventually.holds(
        () ->
            assertThat(shop.label(FROM_INGRESS, "--dry-run=server").succeeds().err().lines())
                .startsWith(warning("[lintel DR-001] DestinationRule SHOP/cart: " + BEHIND_VIP)));
  }

  @Test
  void aControllerThatDoesNotHonourTheLabelIsNamed() {
    shop.waypointIsReady();
    shop.label(TO_WAYPOINT).succeeds();
    setEnvironment("KGW_ENABLE_WAYPOINT-");
    Eventually.holds(
        () -> shop.label(FROM_INGRESS, "--dry-run=server").succeedsWith(warning(NOT_HONOURED)));
    setEnvironment("KGW_ENABLE_WAYPOINT=true");
    Eventually.holds(() -> shop.label(FROM_INGRESS, "--dry-run=server").succeedsSilently());
  }

  /** Returns a warning as kubectl prints it; SHOP stands for the namespace. */
  private String warning(String message) {
    return "Warning: " + Messages.linked(message.replace("SHOP", namespace));
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
