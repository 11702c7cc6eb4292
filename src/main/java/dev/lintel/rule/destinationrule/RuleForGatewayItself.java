package dev.lintel.rule.destinationrule;

import dev.lintel.mesh.HostName;
import dev.lintel.mesh.Keys;
import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.Kind;
import dev.lintel.resource.NamespacedName;
import dev.lintel.resource.ResourceRef;
import dev.lintel.resource.Service;
import dev.lintel.rule.Action;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.OfRule;
import dev.lintel.topology.Backend;
import dev.lintel.topology.GatewayRole;
import dev.lintel.topology.RuleReaders;
import dev.lintel.topology.Topology;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A rule for the Service of a waypoint or gateway. On the way to a waypoint ztunnel balances, and
 * ztunnel reads no DestinationRule.
 *
 * <p>Restricted: {@code spec.host} of a DestinationRule. Allowed: any host but that of a Service
 * that stands for a waypoint, or for a gateway that no proxy with DestinationRules calls
 * (docs/domain.md, 1.6 and 2.3).
 */
final class RuleForGatewayItself {

  static final Rule RULE =
      Rule.denies("DR-022", "destination-rule-for-waypoint-itself")
          .summary("No proxy applies a rule on the way to a waypoint or gateway")
          .reads(Reads.RULE_READERS)
          .ofDestinationRules(RuleForGatewayItself::judge);

  private RuleForGatewayItself() {}

  private static Stream<Finding> judge(Topology topology, OfRule subject) {
    return target(topology, subject, subject.resource()).stream()
        .map(RuleForGatewayItself::finding);
  }

  private static Optional<Target> target(Topology topology, OfRule subject, DestinationRule rule) {
    HostName host = topology.rules().hostOf(rule);
    if (host.isWildcard()) {
      return Optional.empty();
    }
    return subject.readers().isEmpty()
        ? waypointToCome(topology, host)
        : subject.readers().stream()
            .flatMap(readers -> target(topology, readers).stream())
            .findFirst();
  }

  private static Optional<Target> target(Topology topology, RuleReaders readers) {
    if (!(readers.backend() instanceof Backend.OfService(var service, var host))) {
      return Optional.empty();
    }
    boolean isAppliedByGateway =
        readers.atGateways().anyMatch(reading -> !reading.applies().isNo());
    if (isGeneratedForWaypoint(service)) {
      return isAppliedByGateway
          ? Optional.empty()
          : Optional.of(new Target(host, gatewayOf(service), true, true));
    }
    return service
        .metadata()
        .label(Keys.GATEWAY_NAME)
        .flatMap(name -> topology.gateway(service.namespace(), name))
        .filter(
            gateway -> readers.isNobody() || (isWaypoint(topology, gateway) && !isAppliedByGateway))
        .map(gateway -> new Target(host, gateway.ref(), isWaypoint(topology, gateway), false));
  }

  /** The Service of a waypoint is generated with the waypoint's name. */
  private static Optional<Target> waypointToCome(Topology topology, HostName host) {
    return topology
        .serviceNameOf(host)
        .flatMap(name -> topology.gateway(name.namespace(), name.name()))
        .filter(gateway -> isWaypoint(topology, gateway))
        .map(gateway -> new Target(host, gateway.ref(), true, false));
  }

  private static boolean isGeneratedForWaypoint(Service service) {
    return service
        .metadata()
        .label(Keys.MANAGED)
        .filter(Keys.MANAGED_BY_WAYPOINT_CONTROLLER::equals)
        .isPresent();
  }

  private static ResourceRef gatewayOf(Service service) {
    NamespacedName key = service.key();
    return new ResourceRef(
        Kind.GATEWAY,
        key.namespace(),
        service.metadata().label(Keys.GATEWAY_NAME).orElse(key.name()));
  }

  private static boolean isWaypoint(Topology topology, Gateway gateway) {
    return topology.roleOf(gateway) == GatewayRole.WAYPOINT;
  }

  private static Finding finding(Target target) {
    String role = target.isWaypoint ? "waypoint " : "";
    Finding found =
        Finding.at(FieldPath.HOST)
            .says(
                "`%s` is %s%s itself; on the way there ztunnel balances, which ignores"
                    + " DestinationRules",
                target.host, role, target.gateway.spoken())
            .because(
                "A request reaches a waypoint or gateway through the ztunnel of the caller's node,"
                    + " and ztunnel reads no DestinationRule. What ztunnel does honour is the"
                    + " traffic distribution of the Service that stands for the waypoint.")
            .fix("%s", fix(target))
            .with(target.gateway)
            .about(target.host.value());
    return target.isCertain ? found : found.atMost(Action.WARN);
  }

  private static String fix(Target target) {
    return target.isWaypoint
        ? "remove it, and set %s below spec.infrastructure.annotations of %s"
            .formatted(Keys.TRAFFIC_DISTRIBUTION, target.gateway.spoken())
        : "name the host of the backend instead";
  }

  /**
   * What the rule is for.
   *
   * @param host the host
   * @param gateway the waypoint or gateway
   * @param isWaypoint whether it is a waypoint
   * @param isCertain whether the Service was generated for a waypoint
   */
  private record Target(
      HostName host, ResourceRef gateway, boolean isWaypoint, boolean isCertain) {}
}
