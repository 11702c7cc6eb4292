package dev.lintel.rule.destinationrule;

import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.DestinationRule.Subset;
import dev.lintel.resource.TrafficPolicy;
import dev.lintel.resource.TrafficPolicy.PortPolicy;
import dev.lintel.rule.FieldPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A place in a DestinationRule that holds a traffic policy: the destination, a subset, or a port of
 * either (docs/domain.md, 2.1).
 *
 * @param path the place, for example {@code spec.trafficPolicy.portLevelSettings[0]}
 * @param written what is written there
 * @param port the port, if it is one's
 * @param subset the name of the subset, if it is one's
 * @param inherited what a subset takes from the destination where it says nothing itself; sets
 *     nothing elsewhere
 */
record PolicyLevel(
    FieldPath path,
    TrafficPolicy written,
    Optional<Integer> port,
    Optional<String> subset,
    TrafficPolicy inherited) {

  private static final FieldPath DESTINATION = FieldPath.of("spec.trafficPolicy");
  private static final FieldPath SUBSETS = FieldPath.of("spec.subsets");

  /** Returns every policy of a rule, in the order of the object. */
  static List<PolicyLevel> of(DestinationRule rule) {
    List<PolicyLevel> levels = new ArrayList<>();
    TrafficPolicy destination = rule.trafficPolicy().orElse(TrafficPolicy.EMPTY);
    rule.trafficPolicy()
        .ifPresent(
            policy -> add(levels, DESTINATION, policy, Optional.empty(), TrafficPolicy.EMPTY));
    for (int i = 0; i < rule.subsets().size(); i++) {
      Subset subset = rule.subsets().get(i);
      FieldPath path = SUBSETS.index(i).field("trafficPolicy");
      subset
          .trafficPolicy()
          .ifPresent(policy -> add(levels, path, policy, Optional.of(subset.name()), destination));
    }
    return levels;
  }

  private static void add(
      List<PolicyLevel> levels,
      FieldPath path,
      TrafficPolicy policy,
      Optional<String> subset,
      TrafficPolicy inherited) {
    levels.add(new PolicyLevel(path, policy, Optional.empty(), subset, inherited));
    for (int i = 0; i < policy.ports().size(); i++) {
      PortPolicy port = policy.ports().get(i);
      levels.add(
          new PolicyLevel(
              path.field("portLevelSettings").index(i),
              port.policy(),
              Optional.of(port.port()),
              subset,
              TrafficPolicy.EMPTY));
    }
  }

  /** Tells whether the policy counts for a port: a port's own settings take the place of others. */
  boolean countsFor(int number) {
    return port.map(own -> own == number)
        .orElseGet(() -> written.ports().stream().noneMatch(other -> other.port() == number));
  }

  /** Returns the policy as proxies fed by istiod see it for a port that it counts for. */
  TrafficPolicy effectiveFor(int number) {
    TrafficPolicy base = inherited.forPort(number);
    return new TrafficPolicy(
        written.loadBalancer().or(base::loadBalancer),
        written.outlierDetection().or(base::outlierDetection),
        written.connectionPool().or(base::connectionPool),
        written.tlsMode().or(base::tlsMode),
        written.others(),
        List.of());
  }

  /** Returns the path of {@code loadBalancer.localityLbSetting}. */
  FieldPath locality() {
    return path.field("loadBalancer").field("localityLbSetting");
  }
}
