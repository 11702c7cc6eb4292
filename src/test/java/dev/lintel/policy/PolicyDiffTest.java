package dev.lintel.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.rule.RuleCatalogue;
import org.junit.jupiter.api.Test;

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

  @Test
  void theOtherWayRoundItIsStricter() {
    PolicyDiff diff = diff("enforcement: warn", "rules: {WP-001: deny}");
    assertThat(diff.loosened()).isEmpty();
    assertThat(diff.tightens()).isTrue();
  }

  private static PolicyDiff diff(String old, String now) {
    return new PolicyDiff(policy(old), policy(now), RuleCatalogue.complete());
  }

  private static Policy policy(String body) {
    return PolicyReader.read("policy", "apiVersion: lintel.dev/v1\nkind: Policy\n" + body)
        .orElseThrow();
  }
}
