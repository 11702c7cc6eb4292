package dev.lintel.rule.destinationrule;

import dev.lintel.mesh.Keys;
import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.Kind;
import dev.lintel.resource.ResourceRef;
import dev.lintel.resource.TrafficPolicy;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.OfRule;
import dev.lintel.topology.IngressLeg;
import dev.lintel.topology.IngressPath;
import dev.lintel.topology.Proxy;
import dev.lintel.topology.RuleReaders;
import dev.lintel.topology.RuleReading;
import dev.lintel.topology.RuleReading.HostNotExported;
import dev.lintel.topology.RuleReading.TakenForFirst;
import dev.lintel.topology.Topology;
import dev.lintel.topology.WaypointBinding;
import java.util.List;
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
          .yieldsTo("DR-001", "DR-003", "DR-006", "DR-007", "DR-008", "DR-009", "DR-022", "DR-031")
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
                "no proxy reads this rule for %s: %s, %s",
                readers.backend().host(), atWaypoint(topology, readers), others(topology, readers))
            .because(
                "ztunnel ignores DestinationRules. They are read by waypoints, by kgateway if its"
                    + " Istio integration is on and it picks the Pods, by sidecars and by Istio's"
                    + " own gateways. None of them reads this one, so none of its settings acts on"
                    + " any request.")
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
      return unreading(readers);
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

  /** Says why the waypoints do not read the rule, where no rule of its own does. */
  private static String unreading(RuleReaders readers) {
    String waypoints = "waypoint " + Readings.spoken(readers.otherWaypoints());
    return readers
        .atWaypoints()
        .findFirst()
        .map(
            reading ->
                switch (reading) {
                  case RuleReading.ReadsNone(var proxy) ->
                      "%s (`%s`) reads none"
                          .formatted(waypoints, proxy.object().map(Gateway::className).orElse(""));
                  case RuleReading.HostNotExported(var proxy) ->
                      "the host is not exported to namespace %s of %s"
                          .formatted(proxy.gateway().namespace(), waypoints);
                  case RuleReading.Applied _,
                      RuleReading.Displaced _,
                      RuleReading.SetAside _,
                      RuleReading.Swallowed _,
                      RuleReading.Hidden _,
                      RuleReading.NotSearched _,
                      RuleReading.NotExported _,
                      RuleReading.HasSelector _,
                      RuleReading.OtherSpelling _,
                      RuleReading.TakenForFirst _,
                      RuleReading.PicksNoPod _,
                      RuleReading.IntegrationOff _,
                      RuleReading.NotFound _,
                      RuleReading.Unknown _ ->
                      waypoints + " does not see it";
                })
        .orElse("");
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
    if (leg.kgateway().istioIntegration().isNo()) {
      return "%s reads none".formatted(gateway);
    }
    List<TakenForFirst> taken = readers.of(TakenForFirst.class);
    if (!taken.isEmpty()) {
      return "%s takes it for `%s`, the first host of %s"
          .formatted(
              gateway, taken.getFirst().first(), readers.backend().resource().ref().spoken());
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
    List<TakenForFirst> taken = readers.of(TakenForFirst.class);
    if (!taken.isEmpty() && taken.getFirst().proxy().balancesByRules()) {
      return "write a ServiceEntry for each host, or the rule for `%s`"
          .formatted(taken.getFirst().first());
    }
    if (!readers.of(HostNotExported.class).isEmpty()) {
      return "export the host to the waypoint's namespace, or use trafficDistribution instead";
    }
    if (!readers.of(RuleReading.ReadsNone.class).stream()
        .allMatch(r -> r.proxy() instanceof Proxy.Ztunnel)) {
      return "give it a waypoint of class `istio-waypoint`" + instead(rule, false);
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
    String gateway =
        canBeReadByGateway ? ", set KGW_ENABLE_ISTIO_INTEGRATION=true at kgateway" : "";
    return waypoint + gateway + instead(rule, canBeReadByGateway);
  }

  /**
   * Names what does without a rule what this one sets; subsets and TLS have nothing of the kind.
   */
  private static String instead(DestinationRule rule, boolean isAtGateway) {
    TrafficPolicy set = rule.trafficPolicy().orElse(TrafficPolicy.EMPTY);
    if (!rule.subsets().isEmpty() || set.tlsMode().isPresent() || !set.others().isEmpty()) {
      return "";
    }
    boolean isAboutOthers = set.outlierDetection().isPresent() || set.connectionPool().isPresent();
    if (!isAboutOthers && (set.locality().isPresent() || set.isZoneAware())) {
      return ", or use trafficDistribution instead";
    }
    return isAtGateway && isAboutOthers ? ", or use a BackendConfigPolicy" : "";
  }
}
