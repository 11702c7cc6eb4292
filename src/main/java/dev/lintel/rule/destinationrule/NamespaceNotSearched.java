package dev.lintel.rule.destinationrule;

import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.Gateway;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.OfRule;
import dev.lintel.topology.RuleReaders;
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
    DestinationRule rule = subject.resource();
    return RuleBehindVip.isForGatewayAlone(topology, subject, rule)
        ? Stream.empty()
        : places(topology, subject, rule).limit(1).map(place -> finding(topology, rule, place));
  }

  /** Tells whether the rule's namespace is what keeps it from being read. */
  static boolean concerns(Topology topology, OfRule subject) {
    return places(topology, subject, subject.resource()).findAny().isPresent();
  }

  private static Stream<Place> places(Topology topology, OfRule subject, DestinationRule rule) {
    return Readings.isDeadOfItself(subject)
        ? subject.readers().stream()
            .flatMap(
                readers ->
                    readers.otherWaypoints().stream()
                        .filter(
                            waypoint ->
                                !Readings.isSearched(topology, rule, waypoint, readers.backend()))
                        .map(waypoint -> new Place(readers, waypoint)))
        : Stream.empty();
  }

  private static Finding finding(Topology topology, DestinationRule rule, Place place) {
    String searched =
        Stream.of(
                place.waypoint.namespace(),
                place.readers.backend().namespace(),
                topology.platform().rootNamespace())
            .distinct()
            .map("`%s`"::formatted)
            .collect(Collectors.joining(", "));
    return Finding.at(FieldPath.NAMESPACE)
        .says(
            "waypoint %s looks for rules of %s in %s, and never in `%s`",
            place.waypoint.key(), place.readers.backend().host(), searched, rule.namespace())
        .because(
            "istiod looks in the namespace of the proxy, in that of the Service and in the root"
                + " namespace. In ambient mode the proxy is the waypoint: the caller's namespace"
                + " and the gateway's play no part, and exportTo does not widen the search.")
        .fix("move the rule to namespace `%s`", place.readers.backend().namespace())
        .about(place.waypoint)
        .with(place.readers.backend().resource());
  }

  /**
   * A waypoint that looks elsewhere.
   *
   * @param readers the readers for the host
   * @param waypoint the waypoint
   */
  private record Place(RuleReaders readers, Gateway waypoint) {}
}
