package dev.lintel.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.resource.Kind;
import dev.lintel.resource.ResourceRef;
import dev.lintel.rule.Action;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.RuleInfo;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What comes of a finding, by the document. */
class PolicyTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 11, 25);
  private static final RuleCatalogue RULES = RuleCatalogue.complete();
  private static final RuleInfo DENIES = RULES.find("TD-001").orElseThrow().info();
  private static final RuleInfo WARNS = RULES.find("WP-001").orElseThrow().info();
  private static final Finding FINDING = Finding.at(FieldPath.HOST);

  @Test
  void enforcementIsTheCeilingForEverything() {
    Policy policy = policy("enforcement: warn\nrules: {WP-001: deny}");
    assertThat(action(policy, DENIES)).isEqualTo(Action.WARN);
    assertThat(action(policy, WARNS)).isEqualTo(Action.WARN);
  }

  @Test
  void aRuleMayBeRaisedOrLowered() {
    Policy policy = policy("rules: {WP-001: deny, TD-001: audit}");
    assertThat(action(policy, WARNS)).isEqualTo(Action.DENY);
    assertThat(action(policy, DENIES)).isEqualTo(Action.AUDIT);
  }

  @Test
  void aFindingNeverAsksForMoreThanItsOwnCeiling() {
    Policy policy = policy("rules: {WP-001: deny}");
    Finding modest = FINDING.atMost(Action.WARN);
    assertThat(policy.rule(WARNS, modest, target("shop"), Action.DENY, TODAY).action())
        .isEqualTo(Action.WARN);
  }

  @Test
  void anOverrideHoldsForTheNamespacesItNames() {
    Policy policy = policy("overrides: [{namespaces: ['legacy-*'], enforcement: warn}]");
    assertThat(action(policy, DENIES, "legacy-shop")).isEqualTo(Action.WARN);
    assertThat(action(policy, DENIES, "shop")).isEqualTo(Action.DENY);
  }

  @Test
  void anOverrideMayChooseNamespacesByTheirLabels() {
    Policy policy =
        policy(
            "overrides: [{namespaceSelector: {matchLabels: {env: dev}, matchExpressions: [{key:"
                + " team, operator: In, values: [a, b]}]}, rules: {TD-001: off}}]");
    assertThat(policy.actionOf(DENIES, labelled(Map.of("env", "dev", "team", "b"))))
        .isEqualTo(Action.OFF);
    assertThat(policy.actionOf(DENIES, labelled(Map.of("env", "dev", "team", "c"))))
        .isEqualTo(Action.DENY);
  }

  @Test
  void ofSeveralOverridesTheLastCounts() {
    Policy policy =
        policy(
            "overrides: [{namespaces: ['*'], enforcement: audit}, {namespaces: [shop], enforcement:"
                + " warn}]");
    assertThat(action(policy, DENIES, "shop")).isEqualTo(Action.WARN);
    assertThat(action(policy, DENIES, "other")).isEqualTo(Action.AUDIT);
  }

  @Test
  void anExemptFindingGoesToTheAuditLogWithTheReason() {
    Policy policy = policy(exemption("rules: [TD-001], resources: [Service/shop/*]", "2027-01-31"));
    Ruling ruling = policy.rule(DENIES, FINDING, target("shop"), Action.DENY, TODAY);
    assertThat(ruling.action()).isEqualTo(Action.AUDIT);
    assertThat(ruling.exemption()).contains("migrating (mesh-team)");
    assertThat(action(policy, DENIES, "other")).isEqualTo(Action.DENY);
    assertThat(action(policy, WARNS, "shop")).isEqualTo(Action.WARN);
  }

  @Test
  void anExemptionCountsOnItsLastDayAndNotOnTheNext() {
    Policy policy = policy(exemption("rules: ['*'], resources: ['*/shop/cart']", "2026-11-25"));
    Target cart = target("shop");
    Ruling onTheLastDay = policy.rule(DENIES, FINDING, cart, Action.DENY, TODAY);
    assertThat(onTheLastDay.action()).isEqualTo(Action.AUDIT);
    assertThat(onTheLastDay.unheeded()).isEmpty();
    Ruling onTheNext = policy.rule(DENIES, FINDING, cart, Action.DENY, TODAY.plusDays(1));
    assertThat(onTheNext.action()).isEqualTo(Action.DENY);
    assertThat(onTheNext.unheeded()).contains("its exemption ended on 2026-11-25");
    assertThat(policy.rule(DENIES, FINDING, target("other"), Action.DENY, TODAY).unheeded())
        .isEmpty();
  }

  @Test
  void whatIsOffOrAuditedNeedsNoExemption() {
    Policy policy =
        policy(
            "rules: {TD-001: audit}\n"
                + exemption("rules: [TD-001], resources: ['*/*/*']", "2027-01-31"));
    assertThat(policy.rule(DENIES, FINDING, target("shop"), Action.DENY, TODAY).exemption())
        .isEmpty();
  }

  @Test
  void anAnnotationCountsOnlyForRulesThatThePolicyAllows() {
    Target exempt = new Target(target("shop").ref(), Map.of(), Optional.of("TD-001: on purpose"));
    Ruling unheeded = Policy.DEFAULT.rule(DENIES, FINDING, exempt, Action.DENY, TODAY);
    assertThat(unheeded.action()).isEqualTo(Action.DENY);
    assertThat(unheeded.unheeded())
        .contains(
            "its annotation lintel.dev/exempt does not count: the policy's annotations.allow does"
                + " not list TD-001");
    Policy policy = policy("annotations: {allow: [TD-001]}");
    assertThat(policy.rule(DENIES, FINDING, exempt, Action.DENY, TODAY).exemption())
        .contains("on purpose (annotation lintel.dev/exempt)");
    Target silent = new Target(target("shop").ref(), Map.of(), Optional.of("TD-001:"));
    Ruling withoutReason = policy.rule(DENIES, FINDING, silent, Action.DENY, TODAY);
    assertThat(withoutReason.action()).isEqualTo(Action.DENY);
    assertThat(withoutReason.unheeded())
        .contains("its annotation lintel.dev/exempt gives no reason");
  }

  @Test
  void ignoredUsersAndGroupsAreMatchedByName() {
    Policy policy =
        policy("subjects: {ignoreUsers: ['system:serviceaccount:flux:*'], ignoreGroups: [ops]}");
    assertThat(policy.ignoresUser("system:serviceaccount:flux:applier")).isTrue();
    assertThat(policy.ignoresUser("ann")).isFalse();
    assertThat(policy.ignoresGroups(List.of("dev", "ops"))).isTrue();
    assertThat(policy.ignoresGroups(List.of("dev"))).isFalse();
  }

  @Test
  void theWrittenDocumentIsReadBackAsTheSamePolicy() {
    Policy policy =
        policy(
            "enforcement: warn\noverrides: [{namespaces: [a], namespaceSelector: {matchExpressions:"
                + " [{key: b, operator: Exists}]}, rules: {TD-001: off}}]\n"
                + exemption("rules: ['*'], resources: ['*/*/*']", "2027-01-31")
                + "\nsubjects: {ignoreUsers: [x]}\nannotations: {allow: [WP-001]}\nlimits:"
                + " {warnings: 7}\nplatform: {istio: {distribution: solo, version: '1.30'},"
                + " kgateway: {istioIntegration: true, referenceGrantMode: off}, solo:"
                + " {trafficDistributionOrder: {PreferClose: [zone], Any: []}}}");
    Policy again = PolicyReader.read("again", PolicyWriter.write(policy)).orElseThrow();
    assertThat(again)
        .usingRecursiveComparison()
        .ignoringFields("actions", "controllers")
        .isEqualTo(policy);
    assertThat(again.asked(DENIES)).isEqualTo(policy.asked(DENIES));
    assertThat(again.effectiveControllers()).isEqualTo(policy.effectiveControllers());
  }

  private static String exemption(String what, String expires) {
    return "exemptions: [{%s, reason: migrating, owner: mesh-team, expires: %s}]"
        .formatted(what, expires);
  }

  private static Policy policy(String body) {
    return PolicyReader.read("policy", "apiVersion: lintel.dev/v1\nkind: Policy\n" + body)
        .orElseThrow();
  }

  private static Action action(Policy policy, RuleInfo rule) {
    return action(policy, rule, "shop");
  }

  private static Action action(Policy policy, RuleInfo rule, String namespace) {
    return policy.rule(rule, FINDING, target(namespace), Action.DENY, TODAY).action();
  }

  private static Target target(String namespace) {
    return new Target(new ResourceRef(Kind.SERVICE, namespace, "cart"), Map.of(), Optional.empty());
  }

  private static Target labelled(Map<String, String> labels) {
    return new Target(target("shop").ref(), labels, Optional.empty());
  }
}
