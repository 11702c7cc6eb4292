package dev.lintel.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyDiffTest {

  @Test
  void theSamePolicyIsNeitherWeakerNorStricter() {
    PolicyDiff diff = diff("rules: {TD-001: warn}", "rules: {TD-001: warn}");
    assertThat(diff.loosened()).isEmpty();
    assertThat(diff.tightens()).isFalse();
  }

  @Test
  void aLowerCeilingIsSaidOnce() {
    assertThat(diff("", "enforcement: warn").loosened())
        .containsExactly("enforcement goes from deny to warn for every rule");
  }

  @Test
  void aLowerRuleIsNamed() {
    assertThat(diff("", "rules: {TD-001: off}").loosened())
        .containsExactly("rule TD-001 (traffic-distribution-unknown-value) goes from deny to off");
  }

  @Test
  void newExceptionsAreNamed() {
    assertThat(
            diff(
                    "",
                    """
                    overrides: [{namespaces: ["legacy-*"], enforcement: warn}]
                    exemptions:
                      - rules: [DR-003]
                        resources: [DestinationRule/bookinfo/reviews]
                        reason: migrating
                        owner: mesh-team
                        expires: 2027-01-31
                    subjects: {ignoreUsers: [ann]}
                    annotations: {allow: [WP-001]}
                    limits: {dependents: 3}
                    """)
                .loosened())
        .containsExactly(
            "in namespaces legacy-*: enforcement warn",
            "DestinationRule/bookinfo/reviews exempt from DR-003 until 2027-01-31: migrating"
                + " (mesh-team)",
            "writes of user ann are not judged",
            "objects may exempt themselves from WP-001",
            "only 3 instead of 50 other objects are looked at for one write");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "limits: {bodyKiB: 2048}|requests of more than 2048 instead of 7168 KiB are not judged",
        "limits: {warnings: 1}|only 1 instead of 5 warnings are shown for one write",
        "disclose: all|answers name objects of every namespace, whoever writes",
        "subjects: {ignoreUsers: ['*']}|writes of user * are not judged",
        "subjects: {ignoreGroups: ['system:authenticated']}|writes of group system:authenticated"
            + " are not judged",
      })
  void whatSwitchesLintelOffIsNamed(String keys, String change) {
    assertThat(diff("", keys).loosened()).containsExactly(change);
    assertThat(diff(keys, "").loosened()).isEmpty();
  }

  @Test
  void aNewControllerIsNamed() {
    assertThat(diff("", "subjects: {controllers: ['system:serviceaccount:shop:*']}").loosened())
        .containsExactly(
            "what user system:serviceaccount:shop:* writes of generated objects is not judged");
  }

  @Test
  void anOverrideThatHeldMoreBackIsMissed() {
    String strict =
        "rules: {DR-003: off}\noverrides: [{namespaces: [bank], rules: {DR-003: deny}}]";
    assertThat(diff(strict, "rules: {DR-003: off}").loosened())
        .containsExactly("no longer in namespaces bank: DR-003 deny");
    assertThat(diff("rules: {DR-003: off}", strict).loosened()).isEmpty();
  }

  @Test
  void anOverrideThatIsMilderThanAnotherIsNamed() {
    String bank = "{namespaces: [bank-*], rules: {DR-003: deny}}";
    String milder = "{namespaces: [bank-test], rules: {DR-003: warn}}";
    assertThat(
            diff(
                    "rules: {DR-003: off}\noverrides: [" + bank + "]",
                    "rules: {DR-003: off}\noverrides: [" + bank + ", " + milder + "]")
                .loosened())
        .containsExactly("in namespaces bank-test: DR-003 warn");
  }

  @Test
  void anOverrideThatBecomesStricterIsNotWeaker() {
    assertThat(
            diff(
                    "overrides: [{namespaces: [a], enforcement: audit}]",
                    "overrides: [{namespaces: [a], enforcement: warn}]")
                .loosened())
        .isEmpty();
    assertThat(
            diff(
                    "overrides: [{namespaces: [a], enforcement: warn}]",
                    "overrides: [{namespaces: [a], enforcement: audit}]")
                .loosened())
        .containsExactly("in namespaces a: enforcement audit");
  }

  @Test
  void anotherOrderOfOverridesIsTold() {
    String one = "{namespaces: ['bank-*'], rules: {DR-003: deny}}";
    String other = "{namespaces: ['*-test'], rules: {DR-003: warn}}";
    assertThat(
            diff(
                    "overrides: [" + other + ", " + one + "]",
                    "overrides: [" + one + ", " + other + "]")
                .loosened())
        .containsExactly(
            "overrides stand in another order, and of several that fit the last counts");
  }

  @Test
  void whatIsStatedDifferentlyOfTheInstallationIsNamed() {
    PolicyDiff diff =
        diff(
            "",
            "platform: {istio: {rootNamespace: mesh}, kgateway: {istioIntegration: false},"
                + " solo: {trafficDistributionOrder: {PreferClose: []}}}");
    assertThat(diff.restated())
        .containsExactly(
            "platform.istio.rootNamespace goes from istio-system to mesh",
            "platform.kgateway.istioIntegration goes from auto to false",
            "platform.solo.trafficDistributionOrder goes from the default to {PreferClose=[]}");
    assertThat(diff("", "").restated()).isEmpty();
  }

  @Test
  void theOtherWayRoundItIsStricter() {
    PolicyDiff diff = diff("enforcement: warn", "rules: {WP-001: deny}");
    assertThat(diff.loosened()).isEmpty();
    assertThat(diff.tightens()).isTrue();
  }

  private static PolicyDiff diff(String old, String now) {
    return new PolicyDiff(policy(old), policy(now));
  }

  private static Policy policy(String body) {
    return PolicyReader.read("policy", "apiVersion: lintel.dev/v1\nkind: Policy\n" + body)
        .orElseThrow();
  }
}
