package dev.lintel.topology;

import dev.lintel.mesh.Fact;
import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.LabelSelector;
import dev.lintel.resource.Pod;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds DestinationRules as kgateway does: by the literal host, oldest first (docs/domain.md, 4.4).
 */
final class KgatewayRules {

  private KgatewayRules() {}

  /** Returns the rule that a Gateway's controller picks for a backend. */
  static Optional<DestinationRule> pick(Topology topology, Gateway gateway, Backend backend) {
    List<DestinationRule> candidates =
        topology.rulesWritten(backend.canonicalHost()).stream()
            .filter(rule -> !selects(topology, gateway, rule).isNo())
            .toList();
    return candidates.stream()
        .filter(KgatewayRules::isForEveryone)
        .findFirst()
        .or(
            () ->
                candidates.stream()
                    .filter(rule -> namesNamespace(rule, gateway.namespace()))
                    .findFirst());
  }

  /** Tells whether a Gateway's controller could see a rule at all, whoever else matches. */
  static boolean isVisible(DestinationRule rule, Gateway gateway, Backend backend) {
    return rule.host().equals(backend.canonicalHost())
        && (isForEveryone(rule) || namesNamespace(rule, gateway.namespace()));
  }

  /** Tells whether a rule's selector matches the Gateway's Pods. */
  static Fact selects(Topology topology, Gateway gateway, DestinationRule rule) {
    Map<String, String> wanted = rule.workloadSelector().orElse(Map.of());
    if (wanted.isEmpty()) {
      return Fact.yes();
    }
    List<Pod> pods = topology.podsOf(gateway).toList();
    if (pods.isEmpty()) {
      return Fact.unknown("no Pod of Gateway %s is known".formatted(gateway.key()));
    }
    return Fact.of(
        pods.stream().anyMatch(pod -> LabelSelector.containsAll(pod.metadata().labels(), wanted)));
  }

  private static boolean isForEveryone(DestinationRule rule) {
    return rule.exportTo().isEmpty() || rule.exportTo().contains("*");
  }

  private static boolean namesNamespace(DestinationRule rule, String namespace) {
    return rule.exportTo().contains(namespace)
        || (rule.exportTo().contains(".") && rule.namespace().equals(namespace));
  }
}
