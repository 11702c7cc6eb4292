package dev.lintel.topology;

import dev.lintel.mesh.KgatewayDistribution;
import dev.lintel.mesh.Platform;
import java.util.Optional;

/**
 * Tells roles from controller names, or from the usual class names where the class is not known.
 */
final class GatewayRoles {

  private GatewayRoles() {}

  /**
   * Tells the role of a class.
   *
   * @param className the class's name
   * @param controller its controller; empty if the class is not known
   */
  static GatewayRole of(String className, String controller, Platform platform) {
    GatewayRole role =
        controller.isEmpty() ? byClass(className) : byController(className, controller);
    boolean isKgateway = role == GatewayRole.KGATEWAY || role == GatewayRole.ENTERPRISE_KGATEWAY;
    return isKgateway ? platform.kgateway().map(GatewayRoles::ofDistribution).orElse(role) : role;
  }

  /** Returns whose kgateway drives a Gateway of this role; empty if none does. */
  static Optional<KgatewayDistribution> distribution(GatewayRole role) {
    return switch (role) {
      case KGATEWAY -> Optional.of(KgatewayDistribution.OPEN_SOURCE);
      case ENTERPRISE_KGATEWAY -> Optional.of(KgatewayDistribution.ENTERPRISE);
      case ISTIO_INGRESS, AGENTGATEWAY, WAYPOINT, EAST_WEST, REMOTE_PEER, OTHER -> Optional.empty();
    };
  }

  private static GatewayRole byController(String className, String controller) {
    return switch (controller) {
      case "kgateway.dev/kgateway" -> unlessWaypoint(className, GatewayRole.KGATEWAY);
      case "solo.io/enterprise-kgateway" ->
          unlessWaypoint(className, GatewayRole.ENTERPRISE_KGATEWAY);
      case "istio.io/gateway-controller" -> GatewayRole.ISTIO_INGRESS;
      case "agentgateway.dev/agentgateway",
          "solo.io/enterprise-agentgateway",
          "istio.io/agentgateway-controller" ->
          unlessWaypoint(className, GatewayRole.AGENTGATEWAY);
      case "istio.io/mesh-controller", "istio.io/agentgateway-waypoint-controller" ->
          GatewayRole.WAYPOINT;
      case "istio.io/eastwest-controller" -> GatewayRole.EAST_WEST;
      case "istio.io/unmanaged-gateway" ->
          className.contains("remote") ? GatewayRole.REMOTE_PEER : GatewayRole.OTHER;
      default -> unlessWaypoint(className, GatewayRole.OTHER);
    };
  }

  /** Controllers with one name for ingress and waypoint tell them apart by the class. */
  private static GatewayRole unlessWaypoint(String className, GatewayRole role) {
    return className.endsWith("-waypoint") ? GatewayRole.WAYPOINT : role;
  }

  private static GatewayRole byClass(String className) {
    return switch (className) {
      case "kgateway" -> GatewayRole.KGATEWAY;
      case "enterprise-kgateway" -> GatewayRole.ENTERPRISE_KGATEWAY;
      case "istio" -> GatewayRole.ISTIO_INGRESS;
      case "agentgateway", "enterprise-agentgateway", "istio-agentgateway" ->
          GatewayRole.AGENTGATEWAY;
      case "istio-east-west", "istio-eastwest" -> GatewayRole.EAST_WEST;
      case "istio-remote" -> GatewayRole.REMOTE_PEER;
      default -> unlessWaypoint(className, GatewayRole.OTHER);
    };
  }

  private static GatewayRole ofDistribution(KgatewayDistribution distribution) {
    return switch (distribution) {
      case OPEN_SOURCE -> GatewayRole.KGATEWAY;
      case ENTERPRISE -> GatewayRole.ENTERPRISE_KGATEWAY;
    };
  }
}
