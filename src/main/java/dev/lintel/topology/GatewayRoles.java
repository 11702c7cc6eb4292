package dev.lintel.topology;

import dev.lintel.mesh.KgatewayDistribution;
import dev.lintel.mesh.Platform;

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
    if (className.endsWith("-waypoint")) {
      return GatewayRole.WAYPOINT;
    }
    GatewayRole role =
        controller.isEmpty() ? byClass(className) : byController(className, controller);
    boolean isKgateway = role == GatewayRole.KGATEWAY || role == GatewayRole.ENTERPRISE_KGATEWAY;
    return isKgateway ? platform.kgateway().map(GatewayRoles::ofDistribution).orElse(role) : role;
  }

  private static GatewayRole byController(String className, String controller) {
    return switch (controller) {
      case "kgateway.dev/kgateway" -> GatewayRole.KGATEWAY;
      case "solo.io/enterprise-kgateway" -> GatewayRole.ENTERPRISE_KGATEWAY;
      case "istio.io/gateway-controller" -> GatewayRole.ISTIO_INGRESS;
      case "istio.io/mesh-controller", "istio.io/agentgateway-waypoint-controller" ->
          GatewayRole.WAYPOINT;
      case "istio.io/eastwest-controller" -> GatewayRole.EAST_WEST;
      case "istio.io/unmanaged-gateway" ->
          className.contains("remote") ? GatewayRole.REMOTE_PEER : GatewayRole.OTHER;
      default -> GatewayRole.OTHER;
    };
  }

  private static GatewayRole byClass(String className) {
    return switch (className) {
      case "kgateway" -> GatewayRole.KGATEWAY;
      case "enterprise-kgateway" -> GatewayRole.ENTERPRISE_KGATEWAY;
      case "istio" -> GatewayRole.ISTIO_INGRESS;
      case "istio-east-west", "istio-eastwest" -> GatewayRole.EAST_WEST;
      case "istio-remote" -> GatewayRole.REMOTE_PEER;
      default -> GatewayRole.OTHER;
    };
  }

  private static GatewayRole ofDistribution(KgatewayDistribution distribution) {
    return switch (distribution) {
      case OPEN_SOURCE -> GatewayRole.KGATEWAY;
      case ENTERPRISE -> GatewayRole.ENTERPRISE_KGATEWAY;
    };
  }
}
