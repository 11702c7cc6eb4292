package dev.lintel.topology;

import dev.lintel.mesh.Keys;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.Gateway.Listener;
import dev.lintel.resource.Gateway.NamespacePolicy;
import dev.lintel.resource.GatewayClass;
import dev.lintel.resource.Metadata;
import dev.lintel.resource.Namespace;
import dev.lintel.resource.NamespacedName;
import dev.lintel.topology.WaypointBinding.Level;
import dev.lintel.topology.WaypointBinding.Reason;
import java.util.Map;
import java.util.Optional;

/** Binds backends to waypoints as istiod does (docs/domain.md, 3.2). */
final class Waypoints {

  private static final int HBONE_PORT = 15008;

  private Waypoints() {}

  static WaypointBinding bind(Topology topology, Backend backend) {
    if (isGenerated(backend.metadata())) {
      return new WaypointBinding.Excluded();
    }
    if (backend.metadata().label(Keys.USE_WAYPOINT).isPresent()) {
      return bind(topology, backend, backend.metadata(), Level.OBJECT);
    }
    Optional<Metadata> namespace = topology.namespace(backend.namespace()).map(Namespace::metadata);
    return namespace.filter(found -> found.label(Keys.USE_WAYPOINT).isPresent()).isPresent()
        ? bind(topology, backend, namespace.get(), Level.NAMESPACE)
        : new WaypointBinding.NotNamed();
  }

  /** Tells whether istiod generated the Service for a waypoint or an east-west gateway. */
  static boolean isGenerated(Metadata metadata) {
    return metadata
        .label(Keys.MANAGED)
        .filter(
            by ->
                by.equals(Keys.MANAGED_BY_WAYPOINT_CONTROLLER)
                    || by.equals(Keys.MANAGED_BY_EAST_WEST_CONTROLLER))
        .isPresent();
  }

  private static WaypointBinding bind(
      Topology topology, Backend backend, Metadata labelled, Level level) {
    String name = labelled.label(Keys.USE_WAYPOINT).orElse("");
    if (name.equals("none")) {
      return new WaypointBinding.OptedOut(level);
    }
    String namespace = labelled.label(Keys.USE_WAYPOINT_NAMESPACE).orElse(backend.namespace());
    Optional<Gateway> gateway = topology.gateway(namespace, name);
    Optional<Reason> obstacle =
        gateway.isEmpty()
            ? Optional.of(Reason.MISSING)
            : obstacle(topology, gateway.get(), backend.namespace());
    return obstacle
        .<WaypointBinding>map(
            reason ->
                new WaypointBinding.Unusable(new NamespacedName(namespace, name), level, reason))
        .orElseGet(() -> new WaypointBinding.Bound(gateway.get(), level));
  }

  private static Optional<Reason> obstacle(Topology topology, Gateway gateway, String namespace) {
    if (gateway.addresses().isEmpty()) {
      return Optional.of(Reason.NOT_READY);
    }
    if (!allows(topology, gateway, attachmentPolicy(topology, gateway), namespace)) {
      return Optional.of(Reason.ATTACHMENT_DENIED);
    }
    String traffic = trafficOf(topology, gateway);
    return traffic.equals("service") || traffic.equals("all")
        ? Optional.empty()
        : Optional.of(Reason.UNSUPPORTED_TRAFFIC_TYPE);
  }

  /** Returns which traffic a waypoint serves; the Gateway's label counts before its class's. */
  static String trafficOf(Topology topology, Gateway gateway) {
    return fromGatewayOrClass(topology, gateway, gateway.metadata().label(Keys.WAYPOINT_FOR), true)
        .orElse("service");
  }

  /** Tells whether a listener's policy lets a namespace attach. */
  static boolean allows(
      Topology topology, Gateway gateway, NamespacePolicy policy, String namespace) {
    return switch (policy.from()) {
      case "All" -> true;
      case "Selector" ->
          policy
              .selector()
              .matches(
                  topology.namespace(namespace).map(n -> n.metadata().labels()).orElse(Map.of()));
      case "None" -> false;
      default -> gateway.namespace().equals(namespace);
    };
  }

  private static NamespacePolicy attachmentPolicy(Topology topology, Gateway gateway) {
    Optional<String> binding =
        fromGatewayOrClass(
            topology, gateway, gateway.metadata().annotation(Keys.INBOUND_BINDING), false);
    return gateway.listeners().stream()
        .filter(listener -> binding.isPresent() && isBoundListener(listener, binding.get()))
        .findFirst()
        .or(() -> gateway.listeners().stream().filter(Waypoints::isHbone).findFirst())
        .map(Listener::allowedNamespaces)
        .orElse(NamespacePolicy.SAME);
  }

  private static Optional<String> fromGatewayOrClass(
      Topology topology, Gateway gateway, Optional<String> own, boolean isLabel) {
    return own.or(
        () ->
            topology
                .gatewayClass(gateway.className())
                .map(GatewayClass::metadata)
                .flatMap(
                    meta ->
                        isLabel
                            ? meta.label(Keys.WAYPOINT_FOR)
                            : meta.annotation(Keys.INBOUND_BINDING)));
  }

  private static boolean isBoundListener(Listener listener, String binding) {
    int slash = binding.indexOf('/');
    boolean anyPort = slash < 0;
    return binding.startsWith("PROXY")
        && listener.protocol().equals("istio.io/PROXY")
        && (anyPort || binding.substring(slash + 1).equals(String.valueOf(listener.port())));
  }

  private static boolean isHbone(Listener listener) {
    return listener.protocol().equals("HBONE") && listener.port() == HBONE_PORT;
  }
}
