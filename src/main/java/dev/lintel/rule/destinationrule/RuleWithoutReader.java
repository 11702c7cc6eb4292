package dev.lintel.rule.destinationrule;

import dev.lintel.mesh.Fact;
import dev.lintel.mesh.Keys;
import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.Kind;
import dev.lintel.resource.ResourceRef;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.OfRule;
import dev.lintel.topology.IngressLeg;
import dev.lintel.topology.IngressPath;
import dev.lintel.topology.RuleReaders;
import dev.lintel.topology.Topology;
import dev.lintel.topology.WaypointBinding;
import java.util.stream.Stream;

/**
 * A rule that no proxy reads: ztunnel knows no DestinationRules, there is no waypoint to read it,
 * and neither does a gateway, a sidecar or an Istio gateway.
 *
 * <p>Restricted: {@code spec.host} of a DestinationRule whose host exists. Allowed: a rule with a
 * reader, or with one that is possible; a rule that comes before its host (docs/domain.md, 8.3).
 */
final class RuleWithoutReader {

  static final Rule RULE =
      Rule.warns("DR-002", "destination-rule-without-reader")
          .summary("No proxy reads this rule")
          .reads(Reads.RULE_READERS)
          .yieldsTo("DR-001", "DR-003", "DR-006", "DR-007", "DR-008", "DR-009", "DR-022")
          .ofDestinationRules(RuleWithoutReader::judge);

  private RuleWithoutReader() {}

  private static Stream<Finding> judge(Topology topology, OfRule subject) {
    return Readings.isDeadOfItself(subject) && isAmbientMesh(topology, subject)
        ? Stream.of(finding(topology, subject.resource(), subject.readers().getFirst()))
        : Stream.empty();
  }

  /** Where nothing of an ambient mesh is to be seen, it is in doubt who reads the rule. */
  private static boolean isAmbientMesh(Topology topology, OfRule subject) {
    return topology.ambientNamespaces().findAny().isPresent()
        || topology.ingress().hasKgateway()
        || subject.readers().stream()
            .anyMatch(readers -> topology.waypoints().of(readers.backend()).isNamed());
  }

  private static Finding finding(Topology topology, DestinationRule rule, RuleReaders readers) {
    Finding found =
        Finding.at(FieldPath.HOST)
            .says(
                "no proxy reads this rule for %s: ztunnel ignores DestinationRules, %s, %s",
                readers.backend().host(), atWaypoint(topology, readers), others(topology, readers))
            .because(
                "DestinationRules are read by waypoints, by kgateway if its Istio integration is on"
                    + " and it picks the Pods, by sidecars and by Istio's own gateways. None of"
                    + " them reads this one, so none of its settings acts on any request.")
            .fix("%s", fix(topology, rule, readers))
            .with(readers.backend().resource());
    for (IngressLeg leg : readers.legs()) {
      found =
          found
              .with(leg.gateway())
              .fact("path %s of %s", leg.paths().getFirst().label(), leg.gateway().ref().spoken());
    }
    return found;
  }

  private static String atWaypoint(Topology topology, RuleReaders readers) {
    if (!readers.otherWaypoints().isEmpty()) {
      return "waypoint %s does not see it".formatted(Readings.spoken(readers.otherWaypoints()));
    }
    return switch (topology.waypoints().of(readers.backend())) {
      case WaypointBinding.Unusable(var named, var level, var reason) ->
          "waypoint %s is not usable"
              .formatted(new ResourceRef(Kind.GATEWAY, named.namespace(), named.name()).spoken());
      case WaypointBinding.Bound bound -> "its waypoint gets no traffic for a host without address";
      case WaypointBinding.NotNamed notNamed -> "the host has no waypoint";
      case WaypointBinding.OptedOut optedOut -> "the host has no waypoint";
      case WaypointBinding.Excluded excluded -> "the host has no waypoint";
    };
  }

  private static String others(Topology topology, RuleReaders readers) {
    return hasIstiodClients(topology)
        ? atGateway(readers) + ", and sidecars and Istio's gateways do not see it"
        : "and " + atGateway(readers);
  }

  private static boolean hasIstiodClients(Topology topology) {
    return topology.sidecarNamespaces().findAny().isPresent()
        || topology.ingress().istioGateways().findAny().isPresent();
  }

  private static String atGateway(RuleReaders readers) {
    if (readers.legs().isEmpty()) {
      return "no Gateway of kgateway routes to it";
    }
    IngressLeg leg = readers.legs().getFirst();
    String gateway = leg.gateway().ref().spoken();
    Fact integration = leg.kgateway().istioIntegration();
    if (integration.isNo()) {
      return "the controller of %s reads none (%s)".formatted(gateway, integration.reason());
    }
    return leg.certainly(path -> !path.gatewayPicksPod())
        ? "%s sends to its virtual IP (%s)".formatted(gateway, Keys.INGRESS_USE_WAYPOINT)
        : "%s does not find it".formatted(gateway);
  }

  private static String fix(Topology topology, DestinationRule rule, RuleReaders readers) {
    String home = readers.backend().namespace();
    if (hasIstiodClients(topology) && !rule.namespace().equals(home)) {
      return "move it to namespace `%s`, or give the host a waypoint".formatted(home);
    }
    boolean canBeReadByGateway =
        readers.legs().stream()
            .anyMatch(
                leg ->
                    leg.kgateway().istioIntegration().isNo()
                        && leg.possibly(IngressPath::gatewayPicksPod));
    String waypoint =
        readers.otherWaypoints().isEmpty()
            ? "give the host a waypoint"
            : "put it where the waypoint looks";
    return canBeReadByGateway
        ? waypoint
            + ", run kgateway's controller with KGW_ENABLE_ISTIO_INTEGRATION=true, or use"
            + " trafficDistribution or a BackendConfigPolicy instead"
        : waypoint + ", or use trafficDistribution instead";
  }
}
