package dev.lintel.rule.destinationrule;

import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.Kind;
import dev.lintel.resource.TrafficPolicy.OutlierDetection;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.OfRule;
import dev.lintel.topology.RuleReaders;
import dev.lintel.topology.Topology;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Outlier detection that may never eject anything: of so few endpoints, one is more than its share.
 *
 * <p>Restricted: {@code outlierDetection.maxEjectionPercent} of a DestinationRule, 10 where it is
 * not set. Allowed: a share of at least one endpoint, and hosts whose endpoints are not all known
 * (docs/domain.md, 2.4).
 */
final class TooFewToEject {

  private static final String PERCENT = "maxEjectionPercent";

  static final Rule RULE =
      Rule.warns("DR-017", "max-ejection-percent-too-low")
          .summary("With so few endpoints outlier detection ejects nothing")
          .reads(Reads.and(Reads.RULE_READERS, Kind.ENDPOINT_SLICE, Kind.NODE, Kind.WORKLOAD_ENTRY))
          .ofDestinationRules(TooFewToEject::judge);

  private TooFewToEject() {}

  private static Stream<Finding> judge(Topology topology, OfRule subject) {
    return subject.readers().stream()
        .filter(readers -> hasStrictLimit(topology, readers))
        .flatMap(readers -> shortages(topology, subject.resource(), readers))
        .collect(Collectors.groupingBy(shortage -> shortage.placed().field().text()))
        .values()
        .stream()
        .map(TooFewToEject::finding);
  }

  /** Envoy 1.28, and with it Istio 1.20, ejects no first endpoint beyond the limit. */
  private static boolean hasStrictLimit(Topology topology, RuleReaders readers) {
    return !readers.applyingLegs().isEmpty()
        || (readers.mayBeAppliedByIstiodProxies() && !topology.dialect().istiodIsOlderThan(1, 20));
  }

  private static Stream<Shortage> shortages(
      Topology topology, DestinationRule rule, RuleReaders readers) {
    List<PlacedPolicy> ejecting =
        PlacedPolicy.inEffect(rule, readers.backend()).stream()
            .filter(
                placed ->
                    placed.policy().outlierDetection().filter(TooFewToEject::ejects).isPresent())
            .toList();
    if (ejecting.isEmpty()) {
      return Stream.empty();
    }
    return topology.endpointsOf(readers.backend()).stream()
        .filter(endpoints -> endpoints.count() > 0)
        .flatMap(
            endpoints ->
                ejecting.stream()
                    .map(placed -> new Shortage(placed, readers, endpoints.count()))
                    .filter(Shortage::isReal));
  }

  /** Counting no errors is a way to say that nothing is to be ejected, and so is no share. */
  private static boolean ejects(OutlierDetection detection) {
    boolean counts5xx = !detection.fields().getOrDefault("consecutive5xxErrors", "5").equals("0");
    boolean countsGatewayErrors =
        !detection.fields().getOrDefault("consecutiveGatewayErrors", "0").equals("0");
    return (counts5xx || countsGatewayErrors) && detection.maxEjectionPercent() > 0;
  }

  private static Finding finding(List<Shortage> shortages) {
    Shortage worst =
        shortages.stream().min(Comparator.comparingInt(Shortage::endpoints)).orElseThrow();
    FieldPath detection = worst.placed().field().field("outlierDetection");
    Finding found =
        Finding.at(worst.isWritten() ? detection.field(PERCENT) : detection)
            .says("%s", worst.says(shortages.size() - 1))
            .because(
                "Envoy ejects an endpoint only if all ejected ones together stay within"
                    + " maxEjectionPercent of the cluster's endpoints. One of %d is %d percent, so"
                    + " nothing is ejected, and failover that waits for it does not begin.",
                worst.endpoints(), worst.needed())
            .fix("%s", worst.fix());
    return Readings.withWaypoints(worst.readers(), found);
  }

  /**
   * A share that is less than one endpoint.
   *
   * @param placed the policy
   * @param readers who applies it to which host
   * @param endpoints how many endpoints the host has, 1 or more
   */
  private record Shortage(PlacedPolicy placed, RuleReaders readers, int endpoints) {

    boolean isReal() {
      return percent() < needed();
    }

    /** One endpoint in percent of all, rounded up. */
    int needed() {
      return (100 + endpoints - 1) / endpoints;
    }

    int percent() {
      return detection().map(OutlierDetection::maxEjectionPercent).orElse(100);
    }

    boolean isWritten() {
      return detection().filter(found -> found.sets(PERCENT)).isPresent();
    }

    private Optional<OutlierDetection> detection() {
      return placed.policy().outlierDetection();
    }

    String says(int others) {
      return "%s of the %s of %s is less than one: outlier detection ejects nothing%s"
          .formatted(
              isWritten()
                  ? "maxEjectionPercent %d".formatted(percent())
                  : "the default maxEjectionPercent (10)",
              endpoints == 1 ? "one endpoint" : endpoints + " endpoints",
              readers.backend().resource().ref().spoken(),
              others == 0 ? "" : ", nor for %d of its other hosts".formatted(others));
    }

    String fix() {
      return endpoints == 1
          ? "run two or more endpoints and set it to 50 or more"
          : "set it to %d or more".formatted(needed());
    }
  }
}
