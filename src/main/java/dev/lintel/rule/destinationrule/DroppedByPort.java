package dev.lintel.rule.destinationrule;

import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.DestinationRule.Subset;
import dev.lintel.resource.TrafficPolicy;
import dev.lintel.resource.TrafficPolicy.PortPolicy;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.OfRule;
import dev.lintel.topology.Topology;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Settings of one port that drop what is set for all ports: they replace, they do not add.
 *
 * <p>Restricted: an entry of {@code portLevelSettings} that lacks one of {@code connectionPool},
 * {@code outlierDetection}, {@code loadBalancer} and {@code tls} that the destination or the subset
 * sets. Allowed: an entry that repeats all of them (docs/domain.md, 2.1 and 4.4).
 */
final class DroppedByPort {

  static final Rule RULE =
      Rule.warns("DR-019", "port-level-settings-drop-policy")
          .summary("Settings of a port drop what is set for all ports")
          .reads(Reads.RULE_READERS)
          .ofDestinationRules(DroppedByPort::judge);

  private DroppedByPort() {}

  private static Stream<Finding> judge(Topology topology, OfRule subject) {
    DestinationRule rule = subject.resource();
    return Stream.concat(ofDestination(subject, rule), ofSubsets(subject, rule));
  }

  private static Stream<Finding> ofDestination(OfRule subject, DestinationRule rule) {
    return rule.trafficPolicy().stream()
        .flatMap(
            policy ->
                findings(subject, PlacedPolicy.DESTINATION, policy, Set.of(), "destination level"));
  }

  /** A subset inherits what the destination sets for the port, and its own port entries drop it. */
  private static Stream<Finding> ofSubsets(OfRule subject, DestinationRule rule) {
    TrafficPolicy destination = rule.trafficPolicy().orElse(TrafficPolicy.EMPTY);
    return IntStream.range(0, rule.subsets().size())
        .boxed()
        .flatMap(
            i -> {
              Subset subset = rule.subsets().get(i);
              FieldPath field = FieldPath.of("spec.subsets").index(i).field("trafficPolicy");
              return subset.trafficPolicy().stream()
                  .flatMap(
                      policy ->
                          findings(
                              subject,
                              field,
                              policy,
                              blocks(destination),
                              "the level of subset `" + subset.name() + "`"));
            });
  }

  private static Stream<Finding> findings(
      OfRule subject, FieldPath field, TrafficPolicy policy, Set<String> inherited, String level) {
    return IntStream.range(0, policy.ports().size())
        .filter(i -> mayExist(subject, policy.ports().get(i).port()))
        .boxed()
        .flatMap(
            i -> {
              PortPolicy port = policy.ports().get(i);
              Set<String> dropped = new TreeSet<>(blocks(policy));
              dropped.addAll(inherited);
              dropped.removeAll(blocks(port.policy()));
              return dropped.isEmpty()
                  ? Stream.<Finding>empty()
                  : Stream.of(
                      finding(field.field("portLevelSettings").index(i), port, dropped, level));
            });
  }

  /** An entry for a port that no covered host has drops nothing. */
  private static boolean mayExist(OfRule subject, int port) {
    return subject.readers().isEmpty()
        || subject.readers().stream()
            .map(readers -> readers.backend().ports())
            .anyMatch(ports -> ports.isEmpty() || ports.contains(port));
  }

  private static Finding finding(
      FieldPath field, PortPolicy port, Set<String> dropped, String level) {
    String blocks = String.join(" and ", dropped);
    return Finding.at(field)
        .says(
            "port %d loses %s of %s: its settings replace them as a whole",
            port.port(), blocks, level)
        .because(
            "Settings of a port do not add to those of the destination. Connection pool, outlier"
                + " detection, load balancer and TLS of the port are what its entry says, and what"
                + " it leaves out falls back to the proxy's defaults.")
        .fix("repeat %s below port %d", blocks, port.port())
        .about(blocks);
  }

  private static Set<String> blocks(TrafficPolicy policy) {
    List<String> set =
        Stream.of(
                policy.connectionPool().map(block -> "connectionPool"),
                policy.outlierDetection().map(block -> "outlierDetection"),
                policy.loadBalancer().map(block -> "loadBalancer"),
                policy.tlsMode().map(block -> "tls"))
            .flatMap(java.util.Optional::stream)
            .toList();
    return Set.copyOf(set);
  }
}
