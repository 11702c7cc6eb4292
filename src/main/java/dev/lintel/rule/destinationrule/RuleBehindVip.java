package dev.lintel.rule.destinationrule;

import dev.lintel.mesh.Keys;
import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.Kind;
import dev.lintel.resource.ResourceRef;
import dev.lintel.rule.Action;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.OfRule;
import dev.lintel.rule.destinationrule.Readings.Approach;
import dev.lintel.topology.Backend;
import dev.lintel.topology.GatewayRole;
import dev.lintel.topology.IngressLabels;
import dev.lintel.topology.IngressPath.EmptyCluster;
import dev.lintel.topology.IngressPath.GatewayPicksPod;
import dev.lintel.topology.IngressPath.PlaintextToPod;
import dev.lintel.topology.IngressPath.ThroughWaypoint;
import dev.lintel.topology.IngressPath.WaypointBypassed;
import dev.lintel.topology.IngressPath.WaypointSkippedBehindVip;
import dev.lintel.topology.RuleLookup;
import dev.lintel.topology.Topology;
import dev.lintel.topology.WaypointBinding.Unusable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A rule that only a kgateway Gateway could read, for a host that this Gateway reaches by its
 * virtual IP: it sees one endpoint and has nothing to choose from.
 *
 * <p>Restricted: a DestinationRule whose {@code exportTo} keeps it from the waypoint that picks the
 * Pods, or whose waypoint is not usable. Allowed: whatever the waypoint, a sidecar or an Istio
 * gateway reads (docs/domain.md, 4.3, P5 and P6).
 */
final class RuleBehindVip {

  static final Rule RULE =
      Rule.denies("DR-001", "destination-rule-behind-vip")
          .summary("The gateway sees only the service's virtual IP, so it cannot apply this rule")
          .reads(Reads.RULE_READERS)
          .ofDestinationRules(RuleBehindVip::judge);

  private RuleBehindVip() {}

  private static Stream<Finding> judge(Topology topology, OfRule subject) {
    return concerns(topology, subject)
        ? findings(topology, subject, subject.resource())
        : Stream.empty();
  }

  /** Tells whether this is what keeps a rule from being read. */
  static boolean concerns(Topology topology, OfRule subject) {
    return Readings.isDeadOfItself(subject)
        && behindVip(topology, subject, subject.resource()).findAny().isPresent();
  }

  private static Stream<Approach> behindVip(
      Topology topology, OfRule subject, DestinationRule rule) {
    return Readings.approaches(subject)
        .filter(approach -> isBehindVip(approach) && !isSeen(topology, rule, approach));
  }

  /** What the waypoint sees and does not apply is the finding of other rules. */
  private static boolean isSeen(Topology topology, DestinationRule rule, Approach approach) {
    return approach.reading().leg().paths().getFirst() instanceof ThroughWaypoint(var waypoint)
        && Readings.isSearched(topology, rule, waypoint, approach.readers().backend())
        && RuleLookup.isExportedTo(rule, waypoint.namespace());
  }

  /** Tells whether it is so because the rule is exported to the Gateway's namespace alone. */
  static boolean isForGatewayAlone(Topology topology, OfRule subject, DestinationRule rule) {
    return concerns(topology, subject)
        && behindVip(topology, subject, rule)
            .anyMatch(approach -> isForGatewayAlone(rule, approach));
  }

  private static boolean isBehindVip(Approach approach) {
    return approach.reading().visible()
        && !approach.reading().leg().kgateway().istioIntegration().isNo()
        && approach
            .reading()
            .leg()
            .certainly(
                path ->
                    path instanceof ThroughWaypoint || path instanceof WaypointSkippedBehindVip);
  }

  private static Stream<Finding> findings(Topology topology, OfRule subject, DestinationRule rule) {
    Map<Gateway, Approach> byGateway = new LinkedHashMap<>();
    behindVip(topology, subject, rule)
        .forEach(approach -> byGateway.putIfAbsent(approach.reading().leg().gateway(), approach));
    return byGateway.values().stream()
        .flatMap(approach -> finding(topology, rule, approach).stream());
  }

  private static Optional<Finding> finding(
      Topology topology, DestinationRule rule, Approach approach) {
    Optional<Finding> found =
        switch (approach.reading().leg().paths().getFirst()) {
          case ThroughWaypoint(var waypoint) ->
              Optional.of(unseen(topology, rule, approach, waypoint));
          case WaypointSkippedBehindVip(var binding) -> Optional.of(unusable(approach, binding));
          case PlaintextToPod path -> Optional.empty();
          case GatewayPicksPod path -> Optional.empty();
          case WaypointBypassed path -> Optional.empty();
          case EmptyCluster path -> Optional.empty();
        };
    Gateway gateway = approach.reading().leg().gateway();
    return found.map(
        finding ->
            finding
                .about(gateway)
                .with(approach.reading().leg().routes().getFirst())
                .with(approach.readers().backend().resource())
                .fact("path %s", approach.reading().leg().paths().getFirst().label()));
  }

  private static Finding unseen(
      Topology topology, DestinationRule rule, Approach approach, Gateway waypoint) {
    Finding found =
        Finding.at(isForGatewayAlone(rule, approach) ? Readings.EXPORT_TO : FieldPath.HOST)
            .says(
                "%s; waypoint %s, which picks the Pods, does not see it",
                reached(approach), waypoint.ref().spoken())
            .because(
                "With the label %s kgateway sends to the virtual IP of the Service: it has one"
                    + " endpoint, and neither locality nor outlier detection has anything to choose"
                    + " from. The waypoint picks the Pod, and it looks for rules in its own"
                    + " namespace, in the Service's and in the root namespace, as far as they are"
                    + " exported to it.",
                Keys.INGRESS_USE_WAYPOINT)
            .fix("%s", fix(topology, rule, approach, waypoint))
            .with(waypoint);
    return isCertain(topology, rule, approach) ? found : found.atMost(Action.WARN);
  }

  private static Finding unusable(Approach approach, Unusable binding) {
    ResourceRef waypoint =
        new ResourceRef(Kind.GATEWAY, binding.named().namespace(), binding.named().name());
    return Finding.at(FieldPath.HOST)
        .says(
            "%s, and waypoint %s is not usable: no proxy applies it",
            reached(approach), waypoint.spoken())
        .because(
            "With the label %s kgateway sends to the virtual IP of the Service, whether or not the"
                + " waypoint works. istiod does not bind the waypoint (%s), so ztunnel picks the"
                + " Pod, and ztunnel reads no DestinationRule.",
            Keys.INGRESS_USE_WAYPOINT, binding.reason().spoken())
        .fix(
            "see that the waypoint becomes usable, or take %s off %s",
            Keys.INGRESS_USE_WAYPOINT, labelled(approach))
        .with(waypoint)
        .atMost(Action.WARN);
  }

  private static String reached(Approach approach) {
    return "%s cannot apply this rule: it reaches %s by its virtual IP (%s)"
        .formatted(
            approach.reading().leg().gateway().ref().spoken(),
            approach.readers().backend().host(),
            Keys.INGRESS_USE_WAYPOINT);
  }

  private static String fix(
      Topology topology, DestinationRule rule, Approach approach, Gateway waypoint) {
    String way =
        rule.workloadSelector().isPresent()
            ? "remove its workloadSelector"
            : place(topology, rule, approach, waypoint);
    return "%s, or first take the label off %s if the gateway is to balance"
        .formatted(way, labelled(approach));
  }

  /** Names what has the label: the object, or else its Namespace. */
  private static String labelled(Approach approach) {
    Backend backend = approach.readers().backend();
    return IngressLabels.own(backend).filter(IngressLabels::isTrueForKgateway).isPresent()
        ? "the " + backend.resource().kind().objectKind()
        : "Namespace " + backend.namespace();
  }

  private static String place(
      Topology topology, DestinationRule rule, Approach approach, Gateway waypoint) {
    return Readings.isSearched(topology, rule, waypoint, approach.readers().backend())
        ? "add `%s` to exportTo".formatted(waypoint.namespace())
        : "move it to namespace %s".formatted(approach.readers().backend().namespace());
  }

  /**
   * Nothing but the Gateway's namespace sees the rule, and no waypoint belongs there, so no order
   * of events lets a proxy act. The host's own namespace may get a waypoint any time.
   */
  private static boolean isCertain(Topology topology, DestinationRule rule, Approach approach) {
    String namespace = approach.reading().leg().gateway().namespace();
    return isForGatewayAlone(rule, approach)
        && !approach.reading().leg().isAssumed()
        && !namespace.equals(approach.readers().backend().namespace())
        && approach.reading().leg().kgateway().istioIntegration().isYes()
        && topology.namespace(namespace).isPresent()
        && topology.gatewaysIn(namespace).noneMatch(g -> isWaypoint(topology, g))
        && topology.sidecarNamespaces().findAny().isEmpty()
        && topology.istioIngressGateways().findAny().isEmpty();
  }

  private static boolean isForGatewayAlone(DestinationRule rule, Approach approach) {
    String namespace = approach.reading().leg().gateway().namespace();
    return !rule.exportTo().isEmpty()
        && rule.exportTo().stream()
            .allMatch(to -> (to.equals(".") ? rule.namespace() : to).equals(namespace));
  }

  private static boolean isWaypoint(Topology topology, Gateway gateway) {
    return topology.roleOf(gateway) == GatewayRole.WAYPOINT;
  }
}
