package dev.lintel.rule.trafficdistribution;

import dev.lintel.mesh.Dialect;
import dev.lintel.mesh.Keys;
import dev.lintel.mesh.TrafficDistribution;
import dev.lintel.resource.Kind;
import dev.lintel.rule.Action;
import dev.lintel.rule.Family;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Rule;
import dev.lintel.rule.RuleInfo;
import dev.lintel.rule.Subject;
import dev.lintel.topology.Topology;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A traffic distribution that no proxy of the installation knows. It is read as Any without a word,
 * and on a Service it also hides the namespace's default.
 *
 * <p>Restricted: {@code metadata.annotations[networking.istio.io/traffic-distribution]} of Service
 * and ServiceEntry. Allowed: what some reader of the dialect knows, in any letter case; blanks are
 * not trimmed (docs/domain.md, 1.1).
 */
final class UnknownTrafficDistribution implements Rule {

  private static final RuleInfo INFO =
      new RuleInfo(
          "TD-001",
          "traffic-distribution-unknown-value",
          Family.TRAFFIC_DISTRIBUTION,
          Action.DENY,
          Set.of(Kind.SERVICE, Kind.SERVICE_ENTRY),
          Set.of(Kind.SERVICE, Kind.SERVICE_ENTRY, Kind.GATEWAY_CLASS, Kind.DEPLOYMENT),
          "1.0",
          "No proxy knows this traffic distribution");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public Stream<Finding> judge(Topology topology, Subject subject) {
    Dialect dialect = topology.dialect();
    return subject
        .metadata()
        .annotation(Keys.TRAFFIC_DISTRIBUTION)
        .filter(value -> !value.isEmpty() && !isPassthrough(subject))
        .filter(value -> !isKnown(topology, value))
        .map(
            value ->
                Finding.at(FieldPath.TRAFFIC_DISTRIBUTION)
                    .says("`%s` is not a traffic distribution; every proxy reads it as Any", value)
                    .because(
                        "istiod and kgateway compare the value with the words they know, in any letter case and"
                            + " without trimming blanks. Anything else counts as Any, a log line apart, and on a"
                            + " Service it also keeps the namespace's default from being inherited.")
                    .mend("use one of %s", String.join(", ", dialect.trafficDistributions()))
                    .atMost(ceiling(value))
                    .about(value))
        .stream();
  }

  private static boolean isKnown(Topology topology, String value) {
    Dialect dialect = topology.dialect();
    return dialect.readByIstiod(value).isPresent()
        || (topology.hasKgateway() && dialect.readByKgateway(value).isPresent());
  }

  /** A pass-through entry reads no traffic distribution at all, which another rule says. */
  private static boolean isPassthrough(Subject subject) {
    return subject.serviceEntry().filter(e -> e.resolution().equals("NONE")).isPresent();
  }

  /**
   * What some release knows may have been written for it; and Any is written to opt out of the
   * namespace's default, which works.
   */
  private static Action ceiling(String value) {
    Optional<TrafficDistribution> mode = TrafficDistribution.named(value);
    return mode.isEmpty() || mode.get() == TrafficDistribution.PREFER_REGION
        ? Action.DENY
        : Action.WARN;
  }
}
