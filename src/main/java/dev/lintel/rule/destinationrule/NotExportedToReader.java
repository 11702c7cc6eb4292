package dev.lintel.rule.destinationrule;

import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.Gateway;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.OfRule;
import dev.lintel.topology.IngressPath;
import dev.lintel.topology.RuleLookup;
import dev.lintel.topology.RuleReaders;
import dev.lintel.topology.RuleReaders.LegReading;
import dev.lintel.topology.Topology;
import java.util.stream.Stream;

/**
 * A rule that is exported to others than the only proxies that would read it.
 *
 * <p>Restricted: {@code spec.exportTo} of a DestinationRule that nobody reads. Allowed: an export
 * that reaches the namespace of a waypoint, of a kgateway Gateway that picks the Pods, or of a
 * sidecar (docs/domain.md, 2.1 and 4.4).
 */
final class NotExportedToReader {

  static final Rule RULE =
      Rule.warns("DR-007", "destination-rule-not-exported-to-reader")
          .summary("The rule is not exported to the only proxies that would read it")
          .reads(Reads.RULE_READERS)
          .ofDestinationRules(NotExportedToReader::judge);

  private NotExportedToReader() {}

  private static Stream<Finding> judge(Topology topology, OfRule subject) {
    DestinationRule rule = subject.resource();
    return Readings.isDeadOfItself(subject) && !RuleBehindVip.concerns(topology, subject)
        ? excluded(topology, subject, rule).limit(1).map(excluded -> finding(rule, excluded))
        : Stream.empty();
  }

  /** Tells whether the export is what keeps a rule from being read. */
  static boolean concerns(Topology topology, OfRule subject) {
    return Readings.isDeadOfItself(subject)
        && excluded(topology, subject, subject.resource()).findAny().isPresent();
  }

  private static Stream<Excluded> excluded(
      Topology topology, OfRule subject, DestinationRule rule) {
    return subject.readers().stream()
        .flatMap(
            readers -> Stream.concat(waypoints(topology, rule, readers), gateways(rule, readers)));
  }

  private static Stream<Excluded> waypoints(
      Topology topology, DestinationRule rule, RuleReaders readers) {
    return rule.workloadSelector().isPresent()
        ? Stream.empty()
        : readers.otherWaypoints().stream()
            .filter(waypoint -> Readings.isSearched(topology, rule, waypoint, readers.backend()))
            .filter(waypoint -> !RuleLookup.isExportedTo(rule, waypoint.namespace()))
            .map(waypoint -> new Excluded(readers, waypoint, "waypoint " + waypoint.key()));
  }

  private static Stream<Excluded> gateways(DestinationRule rule, RuleReaders readers) {
    return readers.legs().stream()
        .filter(reading -> !reading.exported() && couldApply(rule, readers, reading))
        .map(reading -> reading.leg().gateway())
        .map(gateway -> new Excluded(readers, gateway, gateway.ref().spoken()));
  }

  /** Where the selector does not match, a wider export would not help. */
  private static boolean couldApply(DestinationRule rule, RuleReaders readers, LegReading reading) {
    return rule.workloadSelector().isEmpty()
        && rule.host().equals(readers.backend().canonicalHost())
        && !reading.leg().kgateway().istioIntegration().isNo()
        && reading.leg().certainly(IngressPath::gatewayPicksPod);
  }

  private static Finding finding(DestinationRule rule, Excluded excluded) {
    String namespace = excluded.proxy.namespace();
    return Finding.at(Readings.EXPORT_TO)
        .says(
            "exportTo [%s] leaves out namespace `%s` of %s, which alone would read this rule for"
                + " %s",
            String.join(", ", rule.exportTo()),
            namespace,
            excluded.spoken,
            excluded.readers.backend().host())
        .because(
            "A proxy sees the rules that are exported to its own namespace. In ambient mode the"
                + " proxy is the waypoint, or the gateway that picks the Pods; the namespaces of"
                + " callers play no part.")
        .fix("add `%s` to exportTo", namespace)
        .with(excluded.proxy)
        .with(excluded.readers.backend().resource())
        .about(namespace);
  }

  /**
   * A proxy that does not see the rule.
   *
   * @param readers the readers for the host
   * @param proxy the proxy
   * @param spoken the proxy in a sentence
   */
  private record Excluded(RuleReaders readers, Gateway proxy, String spoken) {}
}
