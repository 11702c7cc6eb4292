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
  private final String namespace;
  private final String bad;

  PolicyIT(Installation installation) {
    this.installation = installation;
    namespace = installation.newNamespace();
    bad = Manifests.service(namespace, "cart", "PreferClosest");
  }

  @AfterEach
  void restore() {
    installation.restorePolicy();
  }

  @Test
  void aRuleIsTurnedDownFromDenyToWarnToOffAndUpAgainWhileSomeoneApplies() {
    try (ApplyLoop loop = new ApplyLoop(this::outcome)) {
      loop.reaches("denied");
      installation.writePolicy("rules: {TD-001: warn}").succeedsWith(WEAKER);
      loop.reaches("warned");
      installation.writePolicy("rules: {traffic-distribution-unknown-value: off}");
      loop.reaches("silent");
      installation.writePolicy("rules: {TD-001: deny}");
      loop.reaches("denied");
      assertThat(loop.phases()).containsExactly("denied", "warned", "silent", "denied");
    }
  }

  @Test
  void aTypoInTheNameOfARuleIsRefusedWithWhatWasMeant() {
    Printed refused = write(Manifests.policy("rules: {traffic-distribution-unknwon-value: warn}"));
    assertThat(refused.code()).as(refused.command()).isNotZero();
    assertThat(refused.err())
        .startsWith("The ConfigMap \"lintel-policy\" is invalid: data[policy.yaml]: ")
        .contains("traffic-distribution-unknwon-value")
        .contains("did you mean `traffic-distribution-unknown-value`?");
  }

  @Test
  void anExemptionWarnsWhenItIsWrittenAndCountsForTheObjectThatItNames() {
    installation
        .writePolicy(
            """
            exemptions:
              - rules: [TD-001]
                resources: ["Service/%s/car?"]
                reason: being renamed
                owner: mesh-team
                expires: 2999-12-31\
            """
                .formatted(namespace))
        .succeedsWith(
            "Warning: this policy is weaker: Service/%s/car? exempt from TD-001 until 2999-12-31:"
                    .formatted(namespace)
                + " being renamed (mesh-team)");
    Eventually.holds(() -> dryRun().succeedsSilently());
    String other = Manifests.service(namespace, "basket", "PreferClosest");
    assertThat(installation.kubectl().write(other, "create", "--dry-run=server").code())
        .isNotZero();
  }

  @Test
  void whatAStricterPolicyWouldDenyIsToldWhenItIsWritten() {
    installation.writePolicy("enforcement: warn");
    Eventually.holds(this::warns);
    installation.kubectl().write(bad, "create").succeeds();
    Eventually.holds(
        () ->
            assertThat(write(Manifests.policy("enforcement: deny")).succeeds().err())
                .startsWith("Warning: this policy is stricter: ")
                .contains(" existing object", "be denied if written anew")
                .contains("Service %s/cart (TD-001)".formatted(namespace)));
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

  @Test
  void aPolicyThatIsTooDeepIsRefusedWithItsPlaceWhenItIsWritten() {
    Printed refused =
        write(Manifests.policy("rules: " + "{a: ".repeat(3000) + "1" + "}".repeat(3000)));
    assertThat(refused.code()).as(refused.command()).isNotZero();
    assertThat(refused.err()).contains("policy.yaml:3:132: rules.a.a", "nested more than 32 deep");
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
    Eventually.holds(() -> assertThat(refusals()).contains("policy.yaml", "enforcement", "warm"));
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
    assertThat(dryRun().succeeds().err()).startsWith("Warning: [lintel TD-001] `PreferClosest`");
  }

  /** Returns what the Events on the ConfigMap say. */
  private String refusals() {
    return installation
        .kubectl()
        .run(
            "get",
            "events",
            "-n",
            Installation.NAMESPACE,
            "--field-selector=reason=PolicyRefused,involvedObject.name=lintel-policy",
            "-o=jsonpath={.items[*].message}")
        .succeeds()
        .out();
  }

  /** Names what came of a write; whatever is not expected is shown whole. */
  private String outcome() {
    Printed printed = installation.kubectl().write(bad, "apply", "--dry-run=server");
    boolean isNamed = printed.err().contains("[lintel TD-001] `PreferClosest`");
    if (printed.code() == 0 && printed.err().isEmpty()) {
      return "silent";
    }
    if (printed.code() == 0 && isNamed && printed.err().startsWith("Warning: ")) {
      return "warned";
    }
    return printed.code() != 0 && isNamed ? "denied" : printed.toString();
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
