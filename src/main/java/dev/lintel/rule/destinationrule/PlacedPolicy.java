package dev.lintel.rule.destinationrule;

import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.DestinationRule.Subset;
import dev.lintel.resource.TrafficPolicy;
import dev.lintel.resource.TrafficPolicy.OutlierDetection;
import dev.lintel.resource.TrafficPolicy.PortPolicy;
import dev.lintel.rule.FieldPath;
import dev.lintel.topology.Backend;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A traffic policy of a rule, and where it stands.
 *
 * @param field the field that holds it
 * @param port the port that it is for; 0 for all ports without a policy of their own
 * @param policy the policy as written there
 * @param outlierDetection the outlier detection that acts together with it: a subset without its
 *     own has the destination's, a port has none but its own
 */
record PlacedPolicy(
    FieldPath field, int port, TrafficPolicy policy, Optional<OutlierDetection> outlierDetection) {

  /** The destination-level policy. */
  static final FieldPath DESTINATION = FieldPath.of("spec.trafficPolicy");

  private static final String PORTS = "portLevelSettings";

  /** Returns the policies of the destination and of its ports, in the order of the object. */
  static List<PlacedPolicy> ofDestination(DestinationRule rule) {
    return rule.trafficPolicy()
        .map(policy -> withPorts(DESTINATION, policy, policy.outlierDetection()))
        .orElse(List.of());
  }

  /** Returns every policy of a rule: the destination's, the subsets' and those of their ports. */
  static Stream<PlacedPolicy> all(DestinationRule rule) {
    List<PlacedPolicy> placed = new ArrayList<>(ofDestination(rule));
    Optional<OutlierDetection> inherited =
        rule.trafficPolicy().flatMap(TrafficPolicy::outlierDetection);
    for (int i = 0; i < rule.subsets().size(); i++) {
      Subset subset = rule.subsets().get(i);
      FieldPath field = FieldPath.of("spec.subsets").index(i).field("trafficPolicy");
      subset
          .trafficPolicy()
          .map(policy -> withPorts(field, policy, policy.outlierDetection().or(() -> inherited)))
          .ifPresent(placed::addAll);
    }
    return placed.stream();
  }

  /** Returns the policies of the destination and its ports that reach some port of a backend. */
  static List<PlacedPolicy> inEffect(DestinationRule rule, Backend backend) {
    return ofDestination(rule).stream().filter(placed -> placed.countsFor(backend)).toList();
  }

  /**
   * Tells whether the policy reaches some port of a backend: a port's own settings take the place
   * of others. A backend without ports has any.
   */
  boolean countsFor(Backend backend) {
    List<Integer> ports = backend.ports();
    return ports.isEmpty() ? port == 0 : ports.stream().anyMatch(this::countsFor);
  }

  /** Tells whether the policy counts for a port. */
  boolean countsFor(int number) {
    return port == 0
        ? policy.ports().stream().noneMatch(own -> own.port() == number)
        : port == number;
  }

  private static List<PlacedPolicy> withPorts(
      FieldPath field, TrafficPolicy policy, Optional<OutlierDetection> outlierDetection) {
    List<PlacedPolicy> placed = new ArrayList<>();
    placed.add(new PlacedPolicy(field, 0, policy, outlierDetection));
    for (int i = 0; i < policy.ports().size(); i++) {
      PortPolicy port = policy.ports().get(i);
      placed.add(
          new PlacedPolicy(
              field.field(PORTS).index(i),
              port.port(),
              port.policy(),
              port.policy().outlierDetection()));
    }
    return placed;
  }

  /** Returns the field of the locality setting. */
  FieldPath locality() {
    return field.field("loadBalancer").field("localityLbSetting");
  }
}
