package dev.lintel.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Lintel on an API server to which other things come later, if at all. */
@OnApiServer
@TestInstance(Lifecycle.PER_CLASS)
class StartIT {

  private static final String TO_WAYPOINT = "istio.io/use-waypoint=waypoint";

  private final Installation installation = Installation.empty("start");

  @BeforeAll
  void neitherIstioNorTheGatewayApiIsThere() {
    installation.installLintel();
  }

  @AfterAll
  void stop() {
    installation.close();
  }

  @Test
  void beforeTheClusterHasBeenReadNothingIsReadyAndNothingIsJudged() {
    Kubectl kubectl = installation.kubectl();
    kubectl.run("delete", "clusterrolebinding", "lintel").succeeds();
    installation.start();
    Eventually.holds(
        () -> installation.lintel().isNotReadyFor("cannot list resource \\\"nodes\\\""));
    String bad = Manifests.service("default", "cart", "PreferClosest");
    Eventually.holds(
        () ->
            kubectl
                .write(bad, "create", "--dry-run=server")
                .succeedsWith(
                    "Warning: lintel has not read the cluster yet, so this write was not judged"));
    kubectl.run("apply", "-f", "deploy/kustomize/base/rbac.yaml").succeeds();
    Eventually.holds(() -> installation.lintel().isReady());
    assertThat(kubectl.write(bad, "create", "--dry-run=server").err()).contains("[lintel TD-001]");
  }

  /** Where the ConfigMap has not the label, nobody asks Lintel whether the policy can be read. */
  @Test
  void aPolicyThatIsTooDeepLeavesTheDefaultsInForceAfterARestart() {
    Kubectl kubectl = installation.kubectl();
    String deep = "rules: " + "{a: ".repeat(3000) + "1" + "}".repeat(3000);
    kubectl.run("delete", "configmap", "lintel-policy", "-n", Installation.NAMESPACE).succeeds();
    kubectl
        .write(Manifests.policy(deep).replace("lintel.dev/policy", "other"), "create")
        .succeedsSilently();
    installation.start();
    Eventually.holds(() -> installation.lintel().isReady());
    assertThat(installation.lintel().metric("lintel_config_last_reload_successful")).isZero();
    String bad = Manifests.service("default", "cart", "PreferClosest");
    assertThat(kubectl.write(bad, "create", "--dry-run=server").err()).contains("[lintel TD-001]");
    installation.writePolicy("rules: {TD-001: off}");
    Eventually.holds(() -> kubectl.write(bad, "create", "--dry-run=server").succeedsSilently());
    installation.restorePolicy();
  }

  @Test
  void kindsThatAreNotInstalledCountAsAbsentAndComeAndGoWithTheirDefinitions() {
    Kubectl kubectl = installation.kubectl();
    installation.start();
    Eventually.holds(() -> installation.lintel().isReady());

    installation.installDefinitions();
    kubectl.write(Manifests.read("mesh.yaml", Map.of()), "apply").succeeds();
    Shop shop = Shop.open(installation);
    shop.waypointIsReady();
    Eventually.holds(
        () ->
            assertThat(shop.label(TO_WAYPOINT, "--dry-run=server").succeeds().err())
                .contains("[lintel WP-007]", "Gateway " + shop.namespace() + "/front"));

    kubectl.run("delete", "crd", "httproutes.gateway.networking.k8s.io").succeeds();
    Eventually.holds(() -> shop.label(TO_WAYPOINT, "--dry-run=server").succeedsSilently());
    installation.lintel().isReady();
  }

  @Test
  void anApiServerThatComesBackIsFollowedAgain() {
    Kubectl kubectl = installation.kubectl();
    installation.start();
    Eventually.holds(() -> installation.lintel().isReady());
    installation.whileApiServerIsAway(
        () -> {
          Eventually.holds(
              () ->
                  assertThat(installation.lintel().metric("lintel_snapshot_age_seconds"))
                      .isGreaterThan(1.5));
          installation.lintel().isReady();
        });
    String bad = Manifests.service("default", "cart", "PreferClosest");
    assertThat(kubectl.write(bad, "create", "--dry-run=server").err()).contains("[lintel TD-001]");
    installation.writePolicy("rules: {TD-001: off}");
    Eventually.holds(() -> kubectl.write(bad, "create", "--dry-run=server").succeedsSilently());
    installation.writePolicy("rules: {}");
    Eventually.holds(
        () -> assertThat(kubectl.write(bad, "create", "--dry-run=server").code()).isNotZero());
  }
}
