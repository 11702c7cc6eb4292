package dev.lintel.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What kubectl says to someone whose write bends the paths of others. Nothing of it is denied. */
@OnApiServer
class ImpactIT {

  private static final String BOUND =
      "[lintel impact] Namespace SHOP: 1 host is behind waypoint SHOP/waypoint now: SHOP/cart";
  private static final String LOST =
      "[lintel impact] Gateway SHOP/waypoint: 1 host is no longer behind waypoint SHOP/waypoint,"
          + " whose policies and routes act no more: SHOP/cart";
  private static final String BROKEN =
      "[lintel impact] Service SHOP/cart: 1 reference breaks: HTTPRoute SHOP/cart to Service"
          + " SHOP/cart (BackendNotFound)";
  private static final String GATEWAYS = "gateways.gateway.networking.k8s.io";

  private final Kubectl kubectl;
  private final String namespace;
  private final Shop shop;

  ImpactIT(Installation installation) {
    shop = Shop.open(installation);
    kubectl = installation.kubectl();
    namespace = shop.namespace();
  }

  @BeforeEach
  void theWaypointIsReady() {
    shop.waypointIsReady();
  }

  @Test
  void aLabelOfTheNamespaceSaysWhatGoesThroughTheWaypointNow() {
    Eventually.holds(
        () ->
            assertThat(label("istio.io/use-waypoint=waypoint", "--dry-run=server"))
                .contains(warning(BOUND)));
    assertThat(label("istio.io/use-waypoint=waypoint")).contains(warning(BOUND));
    // The second time nothing changes, and another label is nobody's affair.
    assertThat(label("istio.io/use-waypoint=waypoint", "--overwrite")).isEmpty();
    assertThat(label("team=shop")).isEmpty();
    kubectl.run("annotate", "namespace", namespace, "team=shop").succeedsSilently();
  }

  @Test
  void aDeletedWaypointIsMissedByItsHosts() {
    label("istio.io/use-waypoint=waypoint");
    Eventually.holds(
        () ->
            assertThat(delete(GATEWAYS, "waypoint", "--dry-run=server"))
                .contains(warning(LOST))
                .contains("[lintel WP-001]"));
    assertThat(delete(GATEWAYS, "waypoint")).contains(warning(LOST));
  }

  @Test
  void aDeletedServiceBreaksTheRoutesThatNameIt() {
    Eventually.holds(
        () -> assertThat(delete("services", "cart", "--dry-run=server")).contains(warning(BROKEN)));
    assertThat(delete("services", "cart")).contains(warning(BROKEN));
  }

  @Test
  void whatTheWriterAsksForIsNoNews() {
    Eventually.holds(
        () -> assertThat(delete("services", "cart", "--dry-run=server")).contains(warning(BROKEN)));
    assertThat(delete("httproutes", "cart")).isEmpty();
    assertThat(delete("services", "cart")).isEmpty();
  }

  @Test
  void aControllerIsToldNothing() {
    label("istio.io/use-waypoint=waypoint");
    Eventually.holds(
        () -> assertThat(delete(GATEWAYS, "waypoint", "--dry-run=server")).contains(warning(LOST)));
    assertThat(
            delete(
                GATEWAYS,
                "waypoint",
                "--dry-run=server",
                "--as=system:serviceaccount:kube-system:generic-garbage-collector",
                "--as-group=system:masters"))
        .isEmpty();
  }

  /** Returns what kubectl says beside the outcome. */
  private String label(String... labelsAndOptions) {
    return kubectl.run(command("label", "namespace", namespace, labelsAndOptions)).succeeds().err();
  }

  private String delete(String kind, String name, String... options) {
    return kubectl
        .run(command("delete", kind, name, with(options, "-n", namespace, "--wait=false")))
        .succeeds()
        .err();
  }

  private static String[] command(String verb, String kind, String name, String... more) {
    return with(new String[] {verb, kind, name}, more);
  }

  private static String[] with(String[] some, String... more) {
    return Stream.of(some, more).flatMap(Arrays::stream).toArray(String[]::new);
  }

  /** Returns a warning as kubectl prints it; SHOP stands for the namespace. */
  private String warning(String message) {
    return "Warning: " + Messages.linked(message.replace("SHOP", namespace));
  }
}
