package dev.lintel.rule.destinationrule;

import dev.lintel.mesh.HostName;
import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.TrafficPolicy;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.JsonPatch;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.OfRule;
import dev.lintel.rule.destinationrule.Readings.AtHost;
import dev.lintel.topology.IngressLeg;
import dev.lintel.topology.RuleReaders;
import dev.lintel.topology.RuleReading.OtherSpelling;
import dev.lintel.topology.Topology;
import java.util.stream.Stream;

/**
 * A host that Istio understands and kgateway does not: it compares the letters.
 *
 * <p>Restricted: {@code spec.host} of a DestinationRule for a host that a kgateway Gateway balances
 * itself. Allowed: the full name; any form where the Gateway reads no DestinationRules or picks no
 * Pods (docs/domain.md, 4.4).
 */
final class HostNotLiteral {

  static final Rule RULE =
      Rule.warns("DR-003", "destination-rule-host-not-literal")
          .summary("kgateway compares the host letter for letter and finds no match")
          .reads(Reads.RULE_READERS)
          .ofDestinationRules(HostNotLiteral::judge);

  private HostNotLiteral() {}

  private static Stream<Finding> judge(Topology topology, OfRule subject) {
    DestinationRule rule = subject.resource();
    return isDefaultForOthers(subject, rule)
        ? Stream.empty()
        : Readings.of(subject, OtherSpelling.class)
            .filter(approach -> isMissed(topology, rule, approach))
            .limit(1)
            .map(approach -> finding(rule, approach));
  }

  private static boolean isMissed(
      Topology topology, DestinationRule rule, AtHost<OtherSpelling> approach) {
    return approach.reading().proxy().balancesByRules()
        && (isForNobodyElse(rule, approach)
            || topology.rules().atKgateway(approach.gateway(), approach.backend()).isEmpty());
  }

  /** What kept the rule from being read does not change when the host gets another rule. */
  private static boolean isForNobodyElse(DestinationRule rule, AtHost<OtherSpelling> approach) {
    return !new HostName(rule.host()).isWildcard() && approach.readers().isNobody();
  }

  /** A wildcard may be meant for proxies that understand it, if the Gateway would lose nothing. */
  private static boolean isDefaultForOthers(OfRule subject, DestinationRule rule) {
    return new HostName(rule.host()).isWildcard()
        && subject.readers().stream().anyMatch(RuleReaders::mayBeReadByIstiodProxies)
        && PlacedPolicy.all(rule)
            .map(PlacedPolicy::policy)
            .noneMatch(HostNotLiteral::actsAtGateway);
  }

  private static boolean actsAtGateway(TrafficPolicy policy) {
    return policy.outlierDetection().isPresent() || policy.locality().isPresent();
  }

  private static Finding finding(DestinationRule rule, AtHost<OtherSpelling> approach) {
    Gateway gateway = approach.gateway();
    IngressLeg leg = approach.reading().proxy().leg();
    String host = approach.reading().canonical();
    boolean isWildcard = new HostName(rule.host()).isWildcard();
    Finding found =
        Finding.at(FieldPath.HOST)
            .says(
                "%s compares hosts letter for letter: `%s` is not `%s`, so it does not apply this"
                    + " rule%s",
                gateway.ref().spoken(), rule.host(), host, others(approach))
            .because(
                "Istio completes a name without dots and understands wildcards. kgateway does"
                    + " neither: it looks for a rule whose host is, letter for letter, the name of"
                    + " the backend that it routes to.")
            .fix(isWildcard ? "add a rule for `%s`" : "write `%s`", host)
            .with(gateway)
            .with(leg.routes().getFirst())
            .with(approach.backend().resource())
            .fact("path %s", leg.paths().getFirst().label());
    return isWildcard ? found : found.patch(JsonPatch.of(JsonPatch.replace(host, "spec", "host")));
  }

  private static String others(AtHost<OtherSpelling> approach) {
    return approach.readers().waypoints().isEmpty()
        ? ""
        : " (waypoint %s does)".formatted(Readings.spoken(approach.readers().waypoints()));
  }
}
