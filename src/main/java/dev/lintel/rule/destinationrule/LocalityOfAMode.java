package dev.lintel.rule.destinationrule;

import dev.lintel.mesh.Dialect;
import dev.lintel.mesh.Since;
import dev.lintel.mesh.Tier;
import dev.lintel.mesh.TrafficDistribution;
import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.Kind;
import dev.lintel.resource.ServiceEntry;
import dev.lintel.resource.TrafficPolicy.LocalityLbSetting;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.OfRule;
import dev.lintel.topology.Backend;
import dev.lintel.topology.EffectiveTrafficDistribution;
import dev.lintel.topology.RuleReaders;
import dev.lintel.topology.Topology;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A locality setting that orders endpoints as a traffic distribution does, which needs no rule.
 *
 * <p>Restricted: {@code localityLbSetting} of {@code enabled: true} alone, or with a {@code
 * failoverPriority} that is the list of a mode, in a DestinationRule that some proxy applies.
 * Allowed: any other setting; hosts that have a mode; hosts for which a reader does not know the
 * mode, or has no use for it (docs/domain.md, 1.4 and 2.4).
 */
final class LocalityOfAMode {

  static final Rule RULE =
      Rule.isOff("DR-029", "locality-that-a-mode-gives")
          .summary("A traffic distribution orders endpoints like this without a rule")
          .reads(Reads.RULE_READERS)
          .ofDestinationRules(LocalityOfAMode::judge);

  private LocalityOfAMode() {}

  private static Stream<Finding> judge(Topology topology, OfRule subject) {
    return subject.readers().stream()
        .filter(
            readers -> readers.mayBeAppliedByIstiodProxies() || !readers.applyingLegs().isEmpty())
        .filter(readers -> mayHaveMode(topology, readers.backend()))
        .flatMap(readers -> of(topology, subject.resource(), readers))
        .limit(1);
  }

  /** A mode for names that DNS resolves acts at few readers, and stops some releases of istiod. */
  private static boolean mayHaveMode(Topology topology, Backend backend) {
    boolean isAddressed =
        backend.hasVip()
            && (!(backend.resource() instanceof ServiceEntry entry)
                || entry.resolution().equals("STATIC"));
    EffectiveTrafficDistribution setting = topology.endpoints().trafficDistributionOf(backend);
    return isAddressed
        && setting.ownValue().isEmpty()
        && setting.namespaceAnnotation().isEmpty()
        && setting.atIstiod() == TrafficDistribution.ANY
        && setting.atKgateway() == TrafficDistribution.ANY;
  }

  private static Stream<Finding> of(Topology topology, DestinationRule rule, RuleReaders readers) {
    return PlacedPolicy.inEffect(rule, readers.backend()).stream()
        .filter(placed -> !placed.policy().isZoneAware())
        .filter(placed -> acts(placed, readers))
        .flatMap(
            placed ->
                placed
                    .policy()
                    .locality()
                    .flatMap(LocalityOfAMode::modeOf)
                    .filter(mode -> everyReaderKnows(topology.dialect(), readers, mode))
                    .map(mode -> finding(placed, mode, topology.dialect(), readers))
                    .stream());
  }

  /** Without outlier detection the setting balances flat at proxies fed by istiod. */
  private static boolean acts(PlacedPolicy placed, RuleReaders readers) {
    return !readers.mayBeAppliedByIstiodProxies() || placed.outlierDetection().isPresent();
  }

  private static Optional<TrafficDistribution> modeOf(LocalityLbSetting setting) {
    if (setting.isDisabled() || !setting.distribute().isEmpty() || !setting.failover().isEmpty()) {
      return Optional.empty();
    }
    List<String> labels = setting.failoverPriority();
    return labels.isEmpty()
        ? setting.enabled().map(on -> TrafficDistribution.PREFER_SAME_ZONE)
        : Stream.of(TrafficDistribution.PREFER_SAME_ZONE, TrafficDistribution.PREFER_SAME_NODE)
            .filter(mode -> withoutNetwork(labels).equals(labelsOf(mode)))
            .findFirst();
  }

  /** Clusters of one network write the list without it. */
  private static List<String> withoutNetwork(List<String> labels) {
    return labels.getFirst().equals(Tier.NETWORK.label())
        ? labels.subList(1, labels.size())
        : labels;
  }

  private static List<String> labelsOf(TrafficDistribution mode) {
    return withoutNetwork(mode.tiers().stream().map(Tier::label).toList());
  }

  /**
   * An Envoy of istiod knows the mode of the same node later than the others, and Solo's does not.
   */
  private static boolean everyReaderKnows(
      Dialect dialect, RuleReaders readers, TrafficDistribution mode) {
    if (!readers.mayBeAppliedByIstiodProxies()) {
      return true;
    }
    return mode == TrafficDistribution.PREFER_SAME_NODE
        ? dialect.isUpstream() && !dialect.istiodLacks(Since.SAME_ZONE_AND_NODE)
        : !dialect.istiodLacks(Since.MODES_AT_ENVOY);
  }

  private static Finding finding(
      PlacedPolicy placed, TrafficDistribution mode, Dialect dialect, RuleReaders readers) {
    Backend backend = readers.backend();
    String value = spelling(mode, dialect);
    String setting =
        backend.resource().kind() == Kind.SERVICE
            ? "trafficDistribution: " + value
            : "networking.istio.io/traffic-distribution: " + value;
    Finding found =
        Finding.at(placed.locality())
            .says(
                "localityLbSetting orders the endpoints of %s as `%s` does, which needs no rule",
                backend.resource().ref().spoken(), setting)
            .because(
                "A traffic distribution compares the same labels, is read by ztunnel, waypoints and"
                    + " gateways alike, and fails over on readiness by itself. Outlier detection"
                    + " remains a reason for a rule: it ejects on errors, and leaves the mode in"
                    + " force.")
            .fix(
                "set `%s` on %s and remove localityLbSetting; keep outlierDetection if errors are"
                    + " to eject endpoints",
                setting, backend.resource().ref().spoken());
    return Readings.withWaypoints(readers, found);
  }

  private static String spelling(TrafficDistribution mode, Dialect dialect) {
    return mode == TrafficDistribution.PREFER_SAME_ZONE
            && (dialect.isSolo() || dialect.istiodLacks(Since.SAME_ZONE_AND_NODE))
        ? "PreferClose"
        : mode.spelling();
  }
}
