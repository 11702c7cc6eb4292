package dev.lintel.rule.destinationrule;

import dev.lintel.resource.DestinationRule;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.OfRule;
import dev.lintel.rule.destinationrule.Readings.AtHost;
import dev.lintel.topology.IngressPath;
import dev.lintel.topology.Proxy;
import dev.lintel.topology.RuleReading.NotExported;
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
          .yieldsTo("DR-001")
          .ofDestinationRules(NotExportedToReader::judge);

  private NotExportedToReader() {}

  private static Stream<Finding> judge(Topology topology, OfRule subject) {
    DestinationRule rule = subject.resource();
    return Readings.isDeadOfItself(subject)
        ? Readings.of(subject, NotExported.class)
            .filter(excluded -> couldApply(topology, rule, excluded))
            .limit(1)
            .map(excluded -> finding(rule, excluded))
        : Stream.empty();
  }

  /** Where a Gateway would not apply the rule anyhow, a wider export would not help. */
  private static boolean couldApply(
      Topology topology, DestinationRule rule, AtHost<NotExported> excluded) {
    return !(excluded.reading().proxy() instanceof Proxy.Kgateway(var leg))
        || (rule.workloadSelector().isEmpty()
            && rule.host().equals(topology.rules().hostAtKgateway(excluded.backend()))
            && leg.certainly(IngressPath::gatewayPicksPod));
  }

  private static Finding finding(DestinationRule rule, AtHost<NotExported> excluded) {
    String namespace = excluded.gateway().namespace();
    return Finding.at(Readings.EXPORT_TO)
        .says(
            "exportTo [%s] leaves out namespace `%s` of %s, which alone would read this rule for"
                + " %s",
            String.join(", ", rule.exportTo()),
            namespace,
            excluded.reading().proxy().spoken(),
            excluded.backend().host())
        .because(
            "A proxy sees the rules that are exported to its own namespace. In ambient mode the"
                + " proxy is the waypoint, or the gateway that picks the Pods; the namespaces of"
                + " callers play no part.")
        .fix("add `%s` to exportTo", namespace)
        .with(excluded.gateway())
        .with(excluded.backend().resource())
        .about(namespace);
  }
}
