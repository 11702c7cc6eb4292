package dev.lintel.topology;

import dev.lintel.mesh.Fact;
import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.Pod;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds DestinationRules as kgateway does: by the literal host, oldest first (docs/domain.md, 4.4).
 */
final class KgatewayRules {

  private KgatewayRules() {}

  /** Returns the rule that a Gateway's controller picks for a backend, or may pick. */
  static Optional<DestinationRule> pick(Topology topology, Gateway gateway, Backend backend) {
    return candidates(topology, gateway, backend)
        .filter(rule -> !selects(topology, gateway, rule).isNo())
        .findFirst();
  }

  /** Tells whether a Gateway's controller picks this rule for a backend. */
  static Fact picks(Topology topology, Gateway gateway, Backend backend, DestinationRule rule) {
    Fact soFar = Fact.yes();
    for (DestinationRule candidate : candidates(topology, gateway, backend).toList()) {
      Fact selected = selects(topology, gateway, candidate);
      if (candidate.equals(rule)) {
        return selected.isYes() ? soFar : selected;
      }
      if (selected.isYes()) {
        return Fact.no();
      }
      soFar = selected.isUnknown() ? selected : soFar;
    }
    return Fact.no();
  }

  /** Rules for everyone come before those for the Gateway's namespace, and then the oldest. */
  private static Stream<DestinationRule> candidates(
      Topology topology, Gateway gateway, Backend backend) {
    List<DestinationRule> rules = topology.rules().written(backend.canonicalHost());
    return Stream.concat(
        rules.stream().filter(KgatewayRules::isForEveryone),
        rules.stream()
            .filter(rule -> !isForEveryone(rule) && namesNamespace(rule, gateway.namespace())));
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
    List<Fact> selected =
        pods.stream().map(pod -> KgatewayLabels.select(topology, pod, wanted)).toList();
    return selected.stream()
        .filter(Fact::isYes)
        .findFirst()
        .or(() -> selected.stream().filter(Fact::isUnknown).findFirst())
        .orElseGet(Fact::no);
  }

  /** Tells whether a rule is exported to the Gateways of a namespace. */
  static boolean isExportedTo(DestinationRule rule, String namespace) {
    return isForEveryone(rule) || namesNamespace(rule, namespace);
  }

  static boolean isForEveryone(DestinationRule rule) {
    return rule.exportTo().isEmpty() || rule.exportTo().contains("*");
  }

  private static boolean namesNamespace(DestinationRule rule, String namespace) {
    return rule.exportTo().contains(namespace)
        || (rule.exportTo().contains(".") && rule.namespace().equals(namespace));
  }
}
