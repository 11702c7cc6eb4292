package dev.lintel.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Policies that should not be written, or got past the webhook that refuses them. */
@OnBesiegedServer
class FaultPolicyIT {

  private static final String RELOADED = "lintel_config_last_reload_successful";
  private static final int DEPTH = 3_000;

  /** In characters: what somebody would still read. */
  private static final int MESSAGE = 20_000;

  private final Siege siege;

  FaultPolicyIT(Siege siege) {
    this.siege = siege;
  }

  @AfterEach
  void restore() {
    siege.installation().writePolicy("enforcement: deny");
    Eventually.holds(() -> assertThat(siege.lintel().metric(RELOADED)).isEqualTo(1));
  }

  @Test
  void aPolicyNested3000DeepChangesNothingAndARestartIsReadyWithTheDefaultsAndSaysSo() {
    siege.installation().writePolicy("rules: {DR-003: off}");
    Eventually.holds(() -> assertThat(siege.lintel().metrics()).contains(RELOADED + " 1.0"));

    slipIn("rules: " + "{a: ".repeat(DEPTH) + "warn" + "}".repeat(DEPTH));
    Eventually.holds(() -> assertThat(siege.lintel().metric(RELOADED)).isZero());
    siege.lintel().isReady();
    siege.othersAreJudged();

    siege.restart();
    siege.othersAreJudged();
    assertThat(siege.lintel().metric(RELOADED)).isZero();
    assertThat(siege.lintel().readiness()).contains("the built-in defaults", "policy refused");
  }

  @Test
  void aPolicyLongerThanAnyIsRefusedInTime() {
    assertThat(refusalOf(20_000)).contains("is longer than 262144 characters");
    siege.othersAreJudged();
  }

  @Test
  void ofManyUnknownNamesAFewAreTold() {
    assertThat(refusalOf(9_000)).contains("rules.n0: there is no rule", "more problems");
    siege.othersAreJudged();
  }

  private String refusalOf(int names) {
    StringBuilder rules = new StringBuilder("rules:\n");
    for (int i = 0; i < names; i++) {
      rules.append("  n").append(i).append(": warn\n");
    }
    String policy = Manifests.policy(rules.toString());
    Printed refused = siege.installation().kubectl().write(policy, "replace", "--dry-run=server");
    assertThat(refused.err()).startsWith("The ConfigMap \"lintel-policy\" is invalid: ");
    assertThat(refused.err()).hasSizeLessThan(MESSAGE);
    return refused.err();
  }

  @Test
  void aLimitThatWouldSwitchLintelOffIsRefusedWhenItIsWritten() {
    Printed printed =
        siege
            .installation()
            .kubectl()
            .write(Manifests.policy("limits: {bodyKiB: 1}"), "apply", "--dry-run=server");
    assertThat(printed.code() != 0 || printed.err().contains("weaker")).as(printed.err()).isTrue();
    assertThat(printed.err()).contains("bodyKiB");
    siege.othersAreJudged();
  }

  /** Without its label on either side of the write, nobody asks Lintel first. */
  private void slipIn(String document) {
    siege
        .installation()
        .kubectl()
        .run("delete", "configmap", "lintel-policy", "-n", Installation.NAMESPACE)
        .succeeds();
    siege
        .installation()
        .kubectl()
        .write(Manifests.policy(document).replace("lintel.dev/policy: \"true\"", "a: b"), "create")
        .succeeds();
  }
}
