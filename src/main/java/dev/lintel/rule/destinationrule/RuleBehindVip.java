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
import dev.lintel.rule.destinationrule.Readings.AtHost;
import dev.lintel.topology.Backend;
import dev.lintel.topology.GatewayRole;
import dev.lintel.topology.IngressLabels;
import dev.lintel.topology.IngressLeg;
import dev.lintel.topology.IngressPath;
import dev.lintel.topology.IngressPath.ThroughWaypoint;
import dev.lintel.topology.IngressPath.WaypointSkippedBehindVip;
import dev.lintel.topology.RuleLookup;
import dev.lintel.topology.RuleReading.NotSearched;
import dev.lintel.topology.RuleReading.PicksNoPod;
import dev.lintel.topology.Topology;
import dev.lintel.topology.WaypointBinding.Unusable;
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
    return behindVip(subject)
        .filter(Readings.once(AtHost::gateway))
        .map(
            approach ->
                finding(topology, subject.resource(), approach)
                    .about(approach.gateway())
                    .with(leg(approach).routes().getFirst())
                    .with(approach.backend().resource())
                    .fact("path %s", path(approach).label()));
  }

  /** Tells whether it is so because the rule is exported to the Gateway's namespace alone. */
  static boolean isForGatewayAlone(OfRule subject) {
    return behindVip(subject).anyMatch(approach -> isForGatewayAlone(subject.resource(), approach));
  }

  private static Stream<AtHost<PicksNoPod>> behindVip(OfRule subject) {
    return Readings.isDeadOfItself(subject)
        ? Readings.of(subject, PicksNoPod.class)
            .filter(approach -> leg(approach).certainly(RuleBehindVip::isAddressed))
            .filter(approach -> !isSeen(subject.resource(), approach))
        : Stream.empty();
  }

  private static boolean isAddressed(IngressPath path) {
    return path instanceof ThroughWaypoint || path instanceof WaypointSkippedBehindVip;
  }

  /** What the waypoint sees and does not apply is the finding of other rules. */
  private static boolean isSeen(DestinationRule rule, AtHost<PicksNoPod> approach) {
    return path(approach) instanceof ThroughWaypoint(var waypoint)
        && !isElsewhere(approach, waypoint)
        && RuleLookup.isExportedTo(rule, waypoint.namespace());
  }

  /** Tells whether the waypoint does not look for rules in the namespace of this one. */
  private static boolean isElsewhere(AtHost<PicksNoPod> approach, Gateway waypoint) {
    return approach.readers().of(NotSearched.class).stream()
        .anyMatch(reading -> reading.proxy().gateway().equals(waypoint));
  }

  private static IngressLeg leg(AtHost<PicksNoPod> approach) {
    return approach.reading().proxy().leg();
  }

  private static IngressPath path(AtHost<PicksNoPod> approach) {
    return leg(approach).paths().getFirst();
  }

  private static Finding finding(
      Topology topology, DestinationRule rule, AtHost<PicksNoPod> approach) {
    return path(approach) instanceof WaypointSkippedBehindVip(var binding)
        ? unusable(approach, binding)
        : unseen(topology, rule, approach);
  }

  private static Finding unseen(
      Topology topology, DestinationRule rule, AtHost<PicksNoPod> approach) {
    Gateway waypoint = ((ThroughWaypoint) path(approach)).waypoint();
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
            .fix("%s", fix(rule, approach, waypoint))
            .with(waypoint);
    return isCertain(topology, rule, approach) ? found : found.atMost(Action.WARN);
  }

  private static Finding unusable(AtHost<PicksNoPod> approach, Unusable binding) {
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

  private static String reached(AtHost<PicksNoPod> approach) {
    return "%s cannot apply this rule: it reaches %s by its virtual IP (%s)"
        .formatted(
            approach.gateway().ref().spoken(),
            approach.backend().host(),
            Keys.INGRESS_USE_WAYPOINT);
  }

  private static String fix(DestinationRule rule, AtHost<PicksNoPod> approach, Gateway waypoint) {
    String way =
        rule.workloadSelector().isPresent()
            ? "remove its workloadSelector"
            : place(approach, waypoint);
    return "%s, or first take the label off %s if the gateway is to balance"
        .formatted(way, labelled(approach));
  }

  /** Names what has the label: the object, or else its Namespace. */
  private static String labelled(AtHost<PicksNoPod> approach) {
    Backend backend = approach.backend();
    return IngressLabels.own(backend).filter(IngressLabels::isTrueForKgateway).isPresent()
        ? "the " + backend.resource().kind().objectKind()
        : "Namespace " + backend.namespace();
  }

  private static String place(AtHost<PicksNoPod> approach, Gateway waypoint) {
    return isElsewhere(approach, waypoint)
        ? "move it to namespace %s".formatted(approach.backend().namespace())
        : "add `%s` to exportTo".formatted(waypoint.namespace());
  }

  /**
   * Nothing but the Gateway's namespace sees the rule, and no waypoint belongs there, so no order
   * of events lets a proxy act. The host's own namespace may get a waypoint any time.
   */
  private static boolean isCertain(
      Topology topology, DestinationRule rule, AtHost<PicksNoPod> approach) {
    String namespace = approach.gateway().namespace();
    return isForGatewayAlone(rule, approach)
        && !leg(approach).isAssumed()
        && !namespace.equals(approach.backend().namespace())
        && leg(approach).kgateway().istioIntegration().isYes()
        && topology.namespace(namespace).isPresent()
        && topology.gatewaysIn(namespace).noneMatch(g -> isWaypoint(topology, g))
        && topology.sidecarNamespaces().findAny().isEmpty()
        && topology.ingress().istioGateways().findAny().isEmpty();
  }

  private static boolean isForGatewayAlone(DestinationRule rule, AtHost<PicksNoPod> approach) {
    String namespace = approach.gateway().namespace();
    return !rule.exportTo().isEmpty()
        && rule.exportTo().stream()
            .allMatch(to -> (to.equals(".") ? rule.namespace() : to).equals(namespace));
  }

  private static boolean isWaypoint(Topology topology, Gateway gateway) {
    return topology.roleOf(gateway) == GatewayRole.WAYPOINT;
  }
}
