package dev.lintel.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The policy's ConfigMap decides, from the moment it is written. */
@OnApiServer
class PolicyIT {

  private static final String RELOADED = "lintel_config_last_reload_successful";

  private static final String WEAKER =
      "Warning: this policy is weaker: rule TD-001 (traffic-distribution-unknown-value) goes from"
          + " deny to warn";

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
    installation.writePolicy("rules: {TD-001: warn}").succeedsWith(WEAKER);
    Eventually.holds(this::warns);
    installation.writePolicy("rules: {traffic-distribution-unknown-value: off}");
    Eventually.holds(() -> dryRun().succeedsSilently());
    installation.writePolicy("rules: {TD-001: deny}");
    Eventually.holds(() -> assertThat(dryRun().code()).isNotZero());
  }

  @Test
  void aPolicyThatCannotBeReadIsRefusedWhenItIsWritten() {
    Printed refused = write(Manifests.policy("enforcement: warm"));
    assertThat(refused.code()).as(refused.command()).isNotZero();
    assertThat(refused.err())
        .startsWith("The ConfigMap \"lintel-policy\" is invalid: data[policy.yaml]: ")
        .contains("enforcement", "warm");
    assertThat(installation.lintel().metric(RELOADED)).isEqualTo(1);
  }

  /** Where neither the old nor the new ConfigMap has the label, nobody asks Lintel first. */
  @Test
  void aPolicyThatCannotBeReadLeavesTheLastGoodOneInForce() {
    writeUnlabelled("enforcement: warn").succeeds();
    Eventually.holds(this::warns);
    writeUnlabelled("enforcement: warm").succeedsSilently();
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

  private Printed writeUnlabelled(String keys) {
    return write(Manifests.policy(keys).replace("lintel.dev/policy", "other"));
  }

  private Printed write(String policy) {
    return installation.kubectl().write(policy, "apply");
  }

  private Printed dryRun() {
    return installation.kubectl().write(bad, "create", "--dry-run=server");
  }
}
