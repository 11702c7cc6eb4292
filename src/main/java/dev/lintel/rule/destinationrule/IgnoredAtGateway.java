package dev.lintel.rule.destinationrule;

import dev.lintel.mesh.KgatewayDistribution;
import dev.lintel.resource.DestinationRule;
import dev.lintel.rule.Action;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.OfRule;
import dev.lintel.topology.IngressLeg;
import dev.lintel.topology.PolicyFields;
import dev.lintel.topology.RuleReaders;
import dev.lintel.topology.Topology;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Fields that a kgateway Gateway ignores in a DestinationRule that it applies otherwise.
 *
 * <p>Restricted: what is not {@code outlierDetection}, {@code localityLbSetting} with {@code
 * failover}, {@code failoverPriority} and {@code enabled}, or {@code tcpKeepalive} beside outlier
 * detection. Allowed, but noted: where a waypoint, a sidecar or an Istio gateway reads the rule as
 * well (docs/domain.md, 4.4).
 */
final class IgnoredAtGateway {

  static final Rule RULE =
      Rule.warns("DR-010", "fields-ignored-by-gateway")
          .summary("kgateway ignores fields of this DestinationRule")
          .reads(Reads.RULE_READERS)
          .ofDestinationRules(IgnoredAtGateway::judge);

  private IgnoredAtGateway() {}

  private static Stream<Finding> judge(Topology topology, OfRule subject) {
    return subject.readers().stream()
        .filter(readers -> !readers.applyingLegs().isEmpty())
        .flatMap(readers -> atGateways(subject.resource(), readers))
        .limit(1);
  }

  private static Stream<Finding> atGateways(DestinationRule rule, RuleReaders readers) {
    Map<String, FieldPath> ignored = new LinkedHashMap<>();
    PlacedPolicy.inEffect(rule, readers.backend())
        .forEach(
            placed ->
                PolicyFields.ignoredByKgateway(placed.policy())
                    .forEach(name -> ignored.putIfAbsent(name, path(placed, name))));
    return ignored.isEmpty() ? Stream.empty() : Stream.of(finding(ignored, readers));
  }

  private static Finding finding(Map<String, FieldPath> ignored, RuleReaders readers) {
    String names = String.join(", ", ignored.keySet());
    IngressLeg first = readers.applyingLegs().getFirst();
    Finding found =
        Finding.at(ignored.values().iterator().next())
            .says("%s ignores %s of this rule", Readings.spokenGateways(readers), names)
            .because(
                "kgateway takes outlier detection, localityLbSetting (failover, failoverPriority,"
                    + " enabled) and, beside outlier detection, tcpKeepalive from a"
                    + " DestinationRule, and nothing else.")
            .fix("%s", fix(ignored.keySet()))
            .with(readers.backend().resource())
            .with(first.gateway())
            .about(names);
    if (first.kgateway().distribution() == KgatewayDistribution.ENTERPRISE) {
      found =
          found.fact("assumed: enterprise kgateway reads the same fields as open source kgateway");
    }
    return readers.mayBeAppliedByIstiodProxies() ? found.atMost(Action.AUDIT) : found;
  }

  private static String fix(Set<String> names) {
    boolean isTlsOnly = names.equals(Set.of("tls"));
    String policies =
        isTlsOnly
            ? "BackendTLSPolicy"
            : names.contains("tls")
                ? "BackendConfigPolicy and BackendTLSPolicy"
                : "BackendConfigPolicy";
    String them = names.size() == 1 ? "it" : "them";
    return "set %s in a %s for the gateway, or remove %s".formatted(them, policies, them);
  }

  private static FieldPath path(PlacedPolicy placed, String name) {
    FieldPath path = placed.field();
    for (String step : name.split("\\.", -1)) {
      path = path.field(step);
    }
    return path;
  }
}
