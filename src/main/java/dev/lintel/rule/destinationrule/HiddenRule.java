package dev.lintel.rule.destinationrule;

import dev.lintel.resource.DestinationRule;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.OfRule;
import dev.lintel.rule.destinationrule.Readings.AtHost;
import dev.lintel.topology.RuleLookup;
import dev.lintel.topology.RuleReading.Hidden;
import dev.lintel.topology.Topology;
import java.util.List;
import java.util.stream.Stream;

/**
 * A rule that a proxy would read, did it not stop at another one first. At a waypoint the namespace
 * counts before the host; at kgateway rules for everyone come first.
 *
 * <p>Restricted: a DestinationRule whose host another rule covers that is found earlier. Allowed:
 * to be a default, where a rule with a more specific host takes its place (docs/domain.md, 2.1 and
 * 4.4).
 */
final class HiddenRule {

  static final Rule RULE =
      Rule.warns("DR-006", "destination-rule-hidden")
          .summary("A proxy finds another DestinationRule for the host first")
          .reads(Reads.RULE_READERS)
          .ofDestinationRules(HiddenRule::judge);

  private HiddenRule() {}

  private static Stream<Finding> judge(Topology topology, OfRule subject) {
    return Readings.of(subject, Hidden.class)
        .filter(
            hidden ->
                hidden.isAtWaypoint()
                    ? !isException(topology, subject.resource(), hidden)
                    : hidden.reading().wouldApply())
        .filter(Readings.once(hidden -> List.of(hidden.gateway(), hidden.reading().by())))
        .map(
            hidden ->
                (hidden.isAtWaypoint() ? atWaypoint(subject, hidden) : atGateway(hidden))
                    .about(hidden.reading().by())
                    .about(hidden.gateway()));
  }

  /** What is more specific and applied in this one's place is an exception to a default. */
  private static boolean isException(
      Topology topology, DestinationRule rule, AtHost<Hidden> hidden) {
    DestinationRule other = hidden.reading().by();
    return topology.rules().isDefaultOfAll(rule)
        || (isApplied(hidden)
            && topology.rules().hostOf(other).isMoreSpecificThan(topology.rules().hostOf(rule)));
  }

  private static boolean isApplied(AtHost<Hidden> hidden) {
    DestinationRule other = hidden.reading().by();
    return other.workloadSelector().isEmpty()
        && RuleLookup.isExportedTo(other, hidden.gateway().namespace());
  }

  private static Finding atGateway(AtHost<Hidden> hidden) {
    return Finding.at(FieldPath.HOST)
        .says(
            "%s applies %s to %s instead of this rule: that one is exported to everyone",
            hidden.reading().proxy().spoken(), spoken(hidden), hidden.backend().host())
        .because(
            "kgateway takes the oldest rule that is exported to everyone, from any namespace. Only"
                + " if there is none does it look at rules that are exported to the Gateway's"
                + " namespace, and it merges nothing.")
        .fix("merge the two, or export that rule to fewer namespaces");
  }

  private static Finding atWaypoint(OfRule subject, AtHost<Hidden> hidden) {
    String says =
        isApplied(hidden)
            ? "%s applies %s to %s instead of this rule"
            : "%s stops at %s for %s, which it may not apply, and does not find this rule";
    return Finding.at(FieldPath.HOST)
        .says(
            "%s",
            says.formatted(
                hidden.reading().proxy().spoken(), spoken(hidden), hidden.backend().host()))
        .because(
            "For a waypoint istiod looks in the waypoint's namespace, then in the Service's, then"
                + " in the root namespace, and stops at the first that has a rule, be it a"
                + " wildcard. Rules of different namespaces are not merged. Within a namespace the"
                + " most specific host is chosen before it is asked whether the rule is exported to"
                + " the waypoint, or has a selector.")
        .fix("%s", fix(subject, hidden));
  }

  private static String spoken(AtHost<Hidden> hidden) {
    DestinationRule other = hidden.reading().by();
    return "%s (`%s`)".formatted(other.ref().spoken(), other.host());
  }

  private static String fix(OfRule subject, AtHost<Hidden> hidden) {
    DestinationRule other = hidden.reading().by();
    if (!isApplied(hidden)) {
      return other.workloadSelector().isPresent()
          ? "remove its workloadSelector, or merge the two"
          : "export that rule to namespace `%s` as well, or merge the two"
              .formatted(hidden.gateway().namespace());
    }
    return other.namespace().equals(subject.metadata().namespace())
        ? "merge the two"
        : "move this rule to namespace `%s` or merge the two".formatted(other.namespace());
  }
}
