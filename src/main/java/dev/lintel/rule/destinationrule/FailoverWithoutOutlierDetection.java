package dev.lintel.rule.destinationrule;

import dev.lintel.mesh.TrafficDistribution;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.TrafficPolicy.LocalityLbSetting;
import dev.lintel.rule.Action;
import dev.lintel.rule.Family;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Rule;
import dev.lintel.rule.RuleInfo;
import dev.lintel.rule.Subject;
import dev.lintel.topology.EffectiveTrafficDistribution;
import dev.lintel.topology.RuleReaders;
import dev.lintel.topology.Topology;
import java.util.List;
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
final class FailoverWithoutOutlierDetection implements Rule {

  private static final RuleInfo INFO =
      new RuleInfo(
          "DR-013",
          "failover-without-outlier-detection",
          Family.DESTINATION_RULE,
          Action.WARN,
          Readings.SUBJECTS,
          Readings.READS,
          "1.0",
          "Locality load balancing without outlier detection balances flat");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public Stream<Finding> judge(Topology topology, Subject subject) {
    return subject.destinationRule().stream()
        .flatMap(rule -> PolicyLevel.of(rule).stream())
        .filter(level -> level.written().locality().filter(this::meansFailover).isPresent())
        .flatMap(level -> finding(topology, subject, level).stream());
  }

  private boolean meansFailover(LocalityLbSetting setting) {
    return !setting.isDisabled() && setting.distribute().isEmpty();
  }

  private static Optional<Finding> finding(Topology topology, Subject subject, PolicyLevel level) {
    if (subject.readers().isEmpty()) {
      return isWithoutDetection(level, List.of()) && !topology.hasKgateway()
          ? Optional.of(finding(level, "a proxy that reads this rule", ""))
          : Optional.empty();
    }
    return subject.readers().stream()
        .filter(RuleReaders::mayBeReadByIstiodProxies)
        .filter(readers -> isWithoutDetection(level, readers.backend().ports()))
        .findFirst()
        .map(readers -> finding(topology, level, readers));
  }

  private static boolean isWithoutDetection(PolicyLevel level, List<Integer> ports) {
    List<Integer> any = ports.isEmpty() ? List.of(level.port().orElse(0)) : ports;
    return any.stream()
        .filter(level::countsFor)
        .anyMatch(port -> level.effectiveFor(port).outlierDetection().isEmpty());
  }

  private static Finding finding(Topology topology, PolicyLevel level, RuleReaders readers) {
    String reader =
        readers.waypoints().isEmpty()
            ? "a sidecar or Istio gateway"
            : "waypoint " + Readings.spoken(readers.waypoints());
    Finding found =
        finding(level, reader, displaced(topology.trafficDistributionOf(readers.backend())))
            .with(readers.backend().resource());
    for (Gateway waypoint : readers.waypoints()) {
      found = found.with(waypoint);
    }
    return found;
  }

  private static String displaced(EffectiveTrafficDistribution setting) {
    return setting.atIstiod() == TrafficDistribution.ANY
        ? ""
        : ", and traffic distribution `%s` is displaced"
            .formatted(
                setting.ownValue().or(setting::namespaceAnnotation).orElse("of the namespace"));
  }

  private static Finding finding(PolicyLevel level, String reader, String displaced) {
    return Finding.at(level.locality())
        .says(
            "localityLbSetting without outlierDetection: %s balances flat over all zones and never"
                + " fails over%s",
            reader, displaced)
        .because(
            "Proxies fed by istiod apply locality priorities of a DestinationRule only where the"
                + " same policy has outlierDetection. The setting still comes before the traffic"
                + " distribution of the Service, so neither of the two acts.")
        .mend(
            "add outlierDetection beside it, with a maxEjectionPercent that lets an endpoint go, or"
                + " remove localityLbSetting and use trafficDistribution");
  }
}
