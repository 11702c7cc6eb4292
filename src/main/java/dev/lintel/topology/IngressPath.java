package dev.lintel.topology;

import dev.lintel.resource.Gateway;

/**
 * What happens to a request between kgateway's proxy and a Pod (docs/domain.md, 4.3).
 *
 * <p>A path is what follows from known facts; where a fact is unknown, an {@link IngressLeg} has
 * several.
 */
public sealed interface IngressPath {

  /** P1: the gateway is not captured; it sends in clear to the Pod, past ztunnel and waypoint. */
  record PlaintextToPod() implements IngressPath {}

  /**
   * P2 and P4: the gateway picks the Pod, ztunnel carries the connection.
   *
   * @param labelledWithoutWaypoint whether {@code ingress-use-waypoint} is set although no waypoint
   *     is named (P4)
   */
  record GatewayPicksPod(boolean labelledWithoutWaypoint) implements IngressPath {}

  /**
   * P3: the gateway picks the Pod, and with it passes by the waypoint that is named.
   *
   * @param binding what istiod makes of the waypoint, for callers inside the mesh
   */
  record WaypointBypassed(WaypointBinding binding) implements IngressPath {}

  /**
   * P5: the gateway sends to the Service's address, and the waypoint picks the Pod.
   *
   * @param waypoint the waypoint
   */
  record ThroughWaypoint(Gateway waypoint) implements IngressPath {}

  /**
   * P6: the gateway sends to the Service's address, but the waypoint is not usable: ztunnel picks
   * the Pod.
   *
   * @param binding why it is not usable
   */
  record WaypointSkippedBehindVip(WaypointBinding.Unusable binding) implements IngressPath {}

  /**
   * P7: the gateway looks for an address that does not exist: every request is answered with 503.
   */
  record EmptyCluster() implements IngressPath {}

  /** Returns the path's label, P1 to P7, as evidence and documentation use it. */
  default String label() {
    return switch (this) {
      case PlaintextToPod path -> "P1";
      case GatewayPicksPod path -> path.labelledWithoutWaypoint() ? "P4" : "P2";
      case WaypointBypassed path -> "P3";
      case ThroughWaypoint path -> "P5";
      case WaypointSkippedBehindVip path -> "P6";
      case EmptyCluster path -> "P7";
    };
  }

  /**
   * Tells whether the gateway itself picks the Pod, so that DestinationRules act at the gateway.
   */
  default boolean gatewayPicksPod() {
    return switch (this) {
      case PlaintextToPod path -> true;
      case GatewayPicksPod path -> true;
      case WaypointBypassed path -> true;
      case ThroughWaypoint path -> false;
      case WaypointSkippedBehindVip path -> false;
      case EmptyCluster path -> false;
    };
  }
}
