package dev.lintel.rule.destinationrule;

import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.OfRule;
import dev.lintel.topology.EffectiveTrafficDistribution;
import dev.lintel.topology.RuleReaders;
import dev.lintel.topology.Topology;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Locality settings without outlier detection. Proxies fed by istiod then fail over to no other
 * locality, and the traffic distribution, which would, is displaced.
 *
 * <p>Restricted: {@code loadBalancer.localityLbSetting} of the destination, of a port or of a
 * subset. Allowed: together with {@code outlierDetection} at the same place; {@code enabled:
 * false}; {@code distribute}; where only a kgateway Gateway reads the rule (docs/domain.md, 2.4).
 */
final class FailoverWithoutOutlierDetection {

  static final Rule RULE =
      Rule.warns("DR-013", "failover-without-outlier-detection")
          .summary("Locality load balancing without outlier detection balances flat")
          .reads(Reads.RULE_READERS)
          .ofDestinationRules(FailoverWithoutOutlierDetection::judge);

  private FailoverWithoutOutlierDetection() {}

  private static Stream<Finding> judge(Topology topology, OfRule subject) {
    return PlacedPolicy.all(subject.resource())
        .filter(placed -> placed.outlierDetection().isEmpty() && meansFailover(placed))
        .flatMap(placed -> finding(topology, subject, placed).stream());
  }

  private static boolean meansFailover(PlacedPolicy placed) {
    return placed
        .policy()
        .locality()
        .filter(setting -> !setting.isDisabled() && setting.distribute().isEmpty())
        .isPresent();
  }

  private static Optional<Finding> finding(Topology topology, OfRule subject, PlacedPolicy placed) {
    if (subject.readers().isEmpty()) {
      return topology.ingress().hasKgateway()
          ? Optional.empty()
          : Optional.of(finding(placed, "a proxy that reads this rule", ""));
    }
    return subject.readers().stream()
        .filter(RuleReaders::mayBeAppliedByIstiodProxies)
        .filter(readers -> placed.countsFor(readers.backend()))
        .findFirst()
        .map(readers -> finding(topology, placed, readers));
  }

  private static Finding finding(Topology topology, PlacedPolicy placed, RuleReaders readers) {
    String reader =
        readers.applyingWaypoints().isEmpty()
            ? "a sidecar or Istio gateway"
            : Readings.spokenWaypoints(readers);
    String displaced =
        topology.endpoints().pickers(readers.backend()).modeInMesh().isPresent()
            ? displaced(topology.endpoints().trafficDistributionOf(readers.backend()))
            : "";
    return Readings.withWaypoints(readers, finding(placed, reader, displaced));
  }

  private static String displaced(EffectiveTrafficDistribution setting) {
    return ", and traffic distribution `%s` is displaced"
        .formatted(setting.ownValue().or(setting::namespaceAnnotation).orElse("of the namespace"));
  }

  private static Finding finding(PlacedPolicy placed, String reader, String displaced) {
    return Finding.at(placed.locality())
        .says(
            "localityLbSetting without outlierDetection: %s balances flat over all zones and never"
                + " fails over%s",
            reader, displaced)
        .because(
            "Proxies fed by istiod apply locality priorities of a DestinationRule only where the"
                + " same policy has outlierDetection. The setting still comes before the traffic"
                + " distribution of the Service, so neither of the two acts.")
        .fix(
            "add outlierDetection beside it, with a maxEjectionPercent that lets an endpoint go, or"
                + " remove localityLbSetting and use trafficDistribution");
  }
}
