package dev.lintel.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The policy's ConfigMap decides, from the moment it is written. */
@OnApiServer
class PolicyIT {

  private static final String RELOADED = "lintel_config_last_reload_successful";

  private final Installation installation;
  private final String bad;

  PolicyIT(Installation installation) {
    this.installation = installation;
    bad = Manifests.service(installation.newNamespace(), "cart", "PreferClosest");
  }

  @AfterEach
  void restore() {
    installation.restorePolicy();
  }

  @Test
  void aRuleIsTurnedDownFromDenyToWarnToOffAndUpAgain() {
    assertThat(dryRun().code()).isNotZero();
    installation.writePolicy("rules: {TD-001: warn}");
    Eventually.holds(this::warns);
    installation.writePolicy("rules: {traffic-distribution-unknown-value: off}");
    Eventually.holds(() -> dryRun().succeedsSilently());
    installation.writePolicy("rules: {TD-001: deny}");
    Eventually.holds(() -> assertThat(dryRun().code()).isNotZero());
  }

  @Test
  void aPolicyThatCannotBeReadLeavesTheLastGoodOneInForce() {
    installation.writePolicy("enforcement: warn");
    Eventually.holds(this::warns);
    installation.writePolicy("enforcement: warm");
    Eventually.holds(() -> assertThat(installation.lintel().metric(RELOADED)).isZero());
    warns();
    installation.lintel().isReady();
    installation.writePolicy("enforcement: audit");
    Eventually.holds(() -> dryRun().succeedsSilently());
    assertThat(installation.lintel().metric(RELOADED)).isEqualTo(1);
  }

  @Test
  void withoutItsConfigMapTheDefaultsAreInForce() {
    installation.writePolicy("enforcement: off");
    Eventually.holds(() -> dryRun().succeedsSilently());
    installation
        .kubectl()
        .run("delete", "configmap", "lintel-policy", "-n", Installation.NAMESPACE)
        .succeeds();
    Eventually.holds(() -> assertThat(dryRun().code()).isNotZero());
  }

  private void warns() {
    assertThat(dryRun().succeeds().err()).startsWith("Warning: [TD-001] `PreferClosest`");
  }

  private Printed dryRun() {
    return installation.kubectl().write(bad, "create", "--dry-run=server");
  }
}
