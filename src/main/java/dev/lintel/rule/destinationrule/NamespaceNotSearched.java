package dev.lintel.rule.destinationrule;

import dev.lintel.resource.DestinationRule;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.OfRule;
import dev.lintel.rule.destinationrule.Readings.AtHost;
import dev.lintel.topology.RuleReading.NotSearched;
import dev.lintel.topology.RuleReading.PicksNoPod;
import dev.lintel.topology.Topology;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A rule in a namespace in which no proxy looks for rules of its host.
 *
 * <p>Restricted: the namespace of a DestinationRule that nobody reads, while a waypoint serves the
 * host. Allowed: the namespace of the waypoint, of the host, and the root namespace; any, where
 * kgateway or a sidecar reads the rule (docs/domain.md, 2.1).
 */
final class NamespaceNotSearched {

  static final Rule RULE =
      Rule.warns("DR-008", "destination-rule-namespace-not-searched")
          .summary("No proxy looks in this namespace for rules of the host")
          .reads(Reads.RULE_READERS)
          .ofDestinationRules(NamespaceNotSearched::judge);

  private NamespaceNotSearched() {}

  private static Stream<Finding> judge(Topology topology, OfRule subject) {
    return !Readings.isDeadOfItself(subject) || isForGatewayAlone(subject)
        ? Stream.empty()
        : Readings.of(subject, NotSearched.class)
            .limit(1)
            .map(place -> finding(subject.resource(), place));
  }

  /** A rule that is meant for a Gateway which picks no Pod is not to be moved as it is. */
  private static boolean isForGatewayAlone(OfRule subject) {
    return Readings.of(subject, PicksNoPod.class)
        .anyMatch(approach -> Readings.isForGatewayAlone(subject.resource(), approach));
  }

  private static Finding finding(DestinationRule rule, AtHost<NotSearched> place) {
    String searched =
        place.reading().searched().stream()
            .map("`%s`"::formatted)
            .collect(Collectors.joining(", "));
    return Finding.at(FieldPath.NAMESPACE)
        .says(
            "%s looks for rules of %s in %s, and never in `%s`",
            place.reading().proxy().spoken(), place.backend().host(), searched, rule.namespace())
        .because(
            "istiod looks in the namespace of the proxy, in that of the Service and in the root"
                + " namespace. In ambient mode the proxy is the waypoint: the caller's namespace"
                + " and the gateway's play no part, and exportTo does not widen the search.")
        .fix("move the rule to namespace `%s`", place.backend().namespace())
        .about(place.gateway())
        .with(place.backend().resource());
  }
}
