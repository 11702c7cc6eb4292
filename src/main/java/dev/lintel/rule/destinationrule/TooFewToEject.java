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
        .flatMap(readers -> shortages(topology, subject.resource(), readers))
        .collect(Collectors.groupingBy(shortage -> shortage.placed().field().text()))
        .values()
        .stream()
        .map(TooFewToEject::finding);
  }

  private static Stream<Shortage> shortages(
      Topology topology, DestinationRule rule, RuleReaders readers) {
    List<PlacedPolicy> ejecting =
        PlacedPolicy.inEffect(rule, readers.backend()).stream()
            .filter(
                placed ->
                    placed.policy().outlierDetection().filter(TooFewToEject::ejects).isPresent())
            .toList();
    return ejecting.isEmpty()
        ? Stream.empty()
        : EjectingReader.of(topology, readers)
            .flatMap(
                reader ->
                    ejecting.stream()
                        .map(placed -> new Shortage(placed, readers, reader, reader.count(placed)))
                        .filter(Shortage::isReal));
  }

  /** Counting no errors is a way to say that nothing is to be ejected. */
  private static boolean ejects(OutlierDetection detection) {
    boolean counts5xx = !detection.fields().getOrDefault("consecutive5xxErrors", "5").equals("0");
    boolean countsGatewayErrors =
        !detection.fields().getOrDefault("consecutiveGatewayErrors", "0").equals("0");
    return counts5xx || countsGatewayErrors;
  }

  private static Finding finding(List<Shortage> shortages) {
    Shortage worst =
        shortages.stream().min(Comparator.comparingInt(Shortage::endpoints)).orElseThrow();
    FieldPath detection = worst.placed().field().field("outlierDetection");
    Finding found =
        Finding.at(worst.isWritten() ? detection.field(PERCENT) : detection)
            .says("%s", worst.says(otherHosts(shortages)))
            .because(
                "Envoy ejects an endpoint only if all ejected ones together stay within"
                    + " maxEjectionPercent of the cluster's endpoints. One of %d is %d percent, so"
                    + " nothing is ejected, and failover that waits for it does not begin.",
                worst.endpoints(), worst.needed())
            .fix("%s", worst.fix());
    return worst.reader().with(Readings.withWaypoints(worst.readers(), found));
  }

  private static int otherHosts(List<Shortage> shortages) {
    return (int) shortages.stream().map(found -> found.readers().backend()).distinct().count() - 1;
  }

  /**
   * A share that is less than one endpoint.
   *
   * @param placed the policy
   * @param readers who applies it to which host
   * @param reader which of them counts here
   * @param endpoints how many endpoints of the host the reader balances over, 0 or more
   */
  private record Shortage(
      PlacedPolicy placed, RuleReaders readers, EjectingReader reader, int endpoints) {

    /** Where nothing is known to be there, nothing is too few. */
    boolean isReal() {
      return endpoints > 0 && percent() < needed();
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

    /** 0 counts as not set. */
    private boolean isZero() {
      return isWritten()
          && detection().filter(found -> "0".equals(found.fields().get(PERCENT))).isPresent();
    }

    private Optional<OutlierDetection> detection() {
      return placed.policy().outlierDetection();
    }

    String says(int others) {
      return "at %s, %s of the %s of %s is less than one: outlier detection ejects nothing%s"
          .formatted(
              reader.spoken(),
              spokenPercent(),
              spokenEndpoints(),
              readers.backend().resource().ref().spoken(),
              others == 0 ? "" : ", nor for %d of its other hosts".formatted(others));
    }

    private String spokenEndpoints() {
      String ready = endpoints < reader.endpoints().count() ? " ready" : "";
      return endpoints == 1
          ? "one%s endpoint".formatted(ready)
          : "%d%s endpoints".formatted(endpoints, ready);
    }

    private String spokenPercent() {
      if (isZero()) {
        return "maxEjectionPercent 0 (not set, so 10)";
      }
      return isWritten()
          ? "maxEjectionPercent %d".formatted(percent())
          : "the default maxEjectionPercent (10)";
    }

    String fix() {
      return endpoints == 1
          ? "run two or more endpoints and set it to 50 or more"
          : "set it to %d or more".formatted(needed());
    }
  }
}
