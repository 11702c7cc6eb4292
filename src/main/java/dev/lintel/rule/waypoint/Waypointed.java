package dev.lintel.rule.waypoint;

import dev.lintel.mesh.Keys;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.Kind;
import dev.lintel.resource.NamespacedName;
import dev.lintel.resource.ResourceRef;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Subject.Approach;
import dev.lintel.rule.Subject.Host;
import dev.lintel.rule.Subject.OfHosts;
import dev.lintel.topology.IngressPath;
import dev.lintel.topology.Topology;
import dev.lintel.topology.WaypointBinding;
import dev.lintel.topology.WaypointBinding.Level;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What the family's rules say and look up in the same way. */
final class Waypointed {

  /** What every rule of the family judges. */
  static final Set<Kind> SUBJECTS = Set.of(Kind.SERVICE, Kind.SERVICE_ENTRY);

  /** What it takes to know a host's waypoint (docs/domain.md, 3.2). */
  static final Set<Kind> BINDING = Reads.BINDING;

  /** What it takes to know the path from kgateway to a host (docs/domain.md, 4.3). */
  static final Set<Kind> INGRESS = Reads.INGRESS;

  /** The label that names the waypoint. */
  static final FieldPath USE_WAYPOINT = FieldPath.label(Keys.USE_WAYPOINT);

  /** The label that names the waypoint's namespace. */
  static final FieldPath USE_WAYPOINT_NAMESPACE = FieldPath.label(Keys.USE_WAYPOINT_NAMESPACE);

  /** The label that sends ingress traffic through it. */
  static final FieldPath INGRESS_USE_WAYPOINT = FieldPath.label(Keys.INGRESS_USE_WAYPOINT);

  private Waypointed() {}

  /**
   * Tells whether it matters to a host which waypoint is named. To one without an address no
   * waypoint is ever bound, which is nobody's mistake where only its Namespace names one.
   */
  static boolean isConcerned(Host host) {
    return host.backend().hasVip()
        || named(host.waypoint()).filter(found -> found.level() == Level.OBJECT).isPresent();
  }

  /** Returns what is named as waypoint, usable or not, and where. */
  static Optional<Named> named(WaypointBinding binding) {
    return switch (binding) {
      case WaypointBinding.Bound(var waypoint, var level) ->
          Optional.of(new Named(waypoint.ref(), level));
      case WaypointBinding.Unusable(var name, var level, var reason) ->
          Optional.of(new Named(gateway(name), level));
      case WaypointBinding.NotNamed notNamed -> Optional.empty();
      case WaypointBinding.OptedOut optedOut -> Optional.empty();
      case WaypointBinding.Excluded excluded -> Optional.empty();
    };
  }

  /** Returns the Gateway that is named as waypoint; empty if none is, or if it does not exist. */
  static Optional<Gateway> gatewayOf(Topology topology, WaypointBinding binding) {
    return named(binding)
        .map(Named::gateway)
        .flatMap(gateway -> topology.gateway(gateway.namespace(), gateway.name()));
  }

  /** Returns the waypoint through which requests come. */
  static Optional<Gateway> gatewayOf(Approach approach) {
    return approach.leg().paths().stream()
        .flatMap(
            path ->
                path instanceof IngressPath.ThroughWaypoint(var waypoint)
                    ? Stream.of(waypoint)
                    : Stream.of())
        .findFirst();
  }

  /**
   * Tells whether a Gateway is an ingress and nothing else. istiod takes it for a waypoint all the
   * same; a Gateway of any class that is set up for ztunnel's traffic may really be one.
   */
  static boolean isIngressOnly(Topology topology, Gateway gateway) {
    return switch (topology.roleOf(gateway)) {
      case KGATEWAY, ENTERPRISE_KGATEWAY, ISTIO_INGRESS, AGENTGATEWAY ->
          !topology.waypoints().takesMeshTraffic(gateway);
      case WAYPOINT, EAST_WEST, REMOTE_PEER, OTHER -> false;
    };
  }

  /** Returns the identity of a Gateway that need not exist. */
  static ResourceRef gateway(NamespacedName name) {
    return new ResourceRef(Kind.GATEWAY, name.namespace(), name.name());
  }

  /** Returns the identity of a Namespace that need not be known. */
  static ResourceRef namespace(String name) {
    return new ResourceRef(Kind.NAMESPACE, "", name);
  }

  /** Returns the field in which a waypoint is named: what a Namespace says stands in no label. */
  static FieldPath fieldOf(Level level) {
    return FieldPath.ofWaypoint(level);
  }

  /** Returns the Gateways of which a condition holds, each once, with the first host for which. */
  static Stream<Approach> oncePerGateway(OfHosts subject, Predicate<Approach> condition) {
    return subject.approachPerGateway(condition);
  }

  /**
   * A waypoint as it is named.
   *
   * @param gateway the Gateway, which need not exist
   * @param level where it is named
   */
  record Named(ResourceRef gateway, Level level) {}
}
