package dev.lintel.rule.controlplane;

import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.DestinationRule.Subset;
import dev.lintel.resource.TrafficPolicy;
import dev.lintel.rule.FieldPath;
import dev.lintel.topology.Backend;
import dev.lintel.topology.RuleLookup;
import dev.lintel.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A traffic policy that proxies apply to a port of a host, or may (docs/domain.md, 2.1 and 2.7).
 *
 * @param rule the rule that has it
 * @param field where it stands in the rule
 * @param policy the policy as written there
 * @param isCertain whether nothing else may stand in its place
 */
record AppliedPolicy(
    DestinationRule rule, FieldPath field, TrafficPolicy policy, boolean isCertain) {

  private static final FieldPath DESTINATION = FieldPath.of("spec.trafficPolicy");

  /** Returns the policies that proxies of an entry apply to one of its ports. */
  static List<AppliedPolicy> at(Topology topology, EntryProxy proxy, Backend backend, int port) {
    RuleLookup found = topology.rules().lookUp(proxy.namespace(), backend);
    Optional<DestinationRule> winner = found.policyAtWaypoint();
    boolean isAlone = found.rules().stream().allMatch(rule -> rule.workloadSelector().isEmpty());
    List<AppliedPolicy> policies = new ArrayList<>();
    winner.ifPresent(
        rule -> addDestination(policies, rule, port, isAlone || !proxy.knowsSelectors()));
    for (DestinationRule rule : found.rules()) {
      if (rule.workloadSelector().isPresent()) {
        if (proxy.knowsSelectors()) {
          addDestination(policies, rule, port, false);
        }
      } else if (proxy.isServing()) {
        addSubsets(policies, rule, port, winner.filter(rule::equals).isPresent());
      }
    }
    return List.copyOf(policies);
  }

  private static void addDestination(
      List<AppliedPolicy> policies, DestinationRule rule, int port, boolean isCertain) {
    rule.trafficPolicy()
        .ifPresent(policy -> policies.add(ofPort(rule, DESTINATION, policy, port, isCertain)));
  }

  /** A subset has a cluster of its own at the waypoint that serves the host. */
  private static void addSubsets(
      List<AppliedPolicy> policies, DestinationRule rule, int port, boolean isCertain) {
    for (int i = 0; i < rule.subsets().size(); i++) {
      Subset subset = rule.subsets().get(i);
      FieldPath field = FieldPath.of("spec.subsets").index(i).field("trafficPolicy");
      subset
          .trafficPolicy()
          .ifPresent(policy -> policies.add(ofPort(rule, field, policy, port, isCertain)));
    }
  }

  private static AppliedPolicy ofPort(
      DestinationRule rule, FieldPath field, TrafficPolicy policy, int port, boolean isCertain) {
    for (int i = 0; i < policy.ports().size(); i++) {
      if (policy.ports().get(i).port() == port) {
        FieldPath own = field.field("portLevelSettings").index(i);
        return new AppliedPolicy(rule, own, policy.ports().get(i).policy(), isCertain);
      }
    }
    return new AppliedPolicy(rule, field, policy, isCertain);
  }
}
