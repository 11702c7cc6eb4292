package dev.lintel.topology;

import dev.lintel.mesh.Fact;
import dev.lintel.mesh.Keys;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.Gateway.Listener;
import dev.lintel.resource.Gateway.NamespacePolicy;
import dev.lintel.resource.GatewayClass;
import dev.lintel.resource.MeshConfig.Visibility;
import dev.lintel.resource.Metadata;
import dev.lintel.resource.Namespace;
import dev.lintel.resource.NamespacedName;
import dev.lintel.resource.Service;
import dev.lintel.topology.WaypointBinding.Level;
import dev.lintel.topology.WaypointBinding.Reason;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Binds backends to waypoints as istiod does (docs/domain.md, 3.2). */
final class Waypoints {

  private static final int HBONE_PORT = 15008;
  private static final String AGENTGATEWAY = "istio-agentgateway-waypoint";
  private static final String AGENTGATEWAY_CONTROLLER = "istio.io/agentgateway-waypoint-controller";
  private static final String PROXY = "istio.io/PROXY";
  private static final Pattern BINDING = Pattern.compile("(PROXY|NONE)(?:/([^/]*))?");
  private static final Pattern PORT = Pattern.compile("\\d{1,5}");

  private Waypoints() {}

  static WaypointBinding bind(Topology topology, Backend backend) {
    if (isGenerated(backend.metadata())) {
      return new WaypointBinding.Excluded();
    }
    return backend.resource() instanceof Service service && service.isExternalName()
        ? named(topology, backend, Reason.EXTERNAL_NAME)
            .orElseGet(() -> byLabels(topology, backend))
        : byLabels(topology, backend);
  }

  /**
   * Returns what the labels of a generated Service name, which kgateway goes by although istiod
   * does not; empty if they name nothing.
   */
  static Optional<WaypointBinding> namedByLabels(Topology topology, Backend backend) {
    return named(topology, backend, Reason.GENERATED_SERVICE);
  }

  /** An ExternalName Service is no host of the mesh either (docs/domain.md, 1.5). */
  private static Optional<WaypointBinding> named(Topology topology, Backend backend, Reason never) {
    return switch (byLabels(topology, backend)) {
      case WaypointBinding.Bound(var waypoint, var level) ->
          Optional.of(new WaypointBinding.Unusable(waypoint.key(), level, never));
      case WaypointBinding.Unusable(var named, var level, var reason) ->
          Optional.of(new WaypointBinding.Unusable(named, level, never));
      case WaypointBinding.NotNamed none -> Optional.empty();
      case WaypointBinding.OptedOut out -> Optional.empty();
      case WaypointBinding.Excluded excluded -> Optional.empty();
    };
  }

  private static WaypointBinding byLabels(Topology topology, Backend backend) {
    if (backend.metadata().label(Keys.USE_WAYPOINT).isPresent()) {
      return bind(topology, backend, backend.metadata(), Level.OBJECT);
    }
    Optional<Metadata> namespace = topology.namespace(backend.namespace()).map(Namespace::metadata);
    return namespace.filter(found -> found.label(Keys.USE_WAYPOINT).isPresent()).isPresent()
        ? bind(topology, backend, namespace.get(), Level.NAMESPACE)
        : new WaypointBinding.NotNamed();
  }

  /** Tells whether a waypoint reads DestinationRules, whatever they say (docs/domain.md, 2.2). */
  static Fact readsRules(Topology topology, Gateway waypoint) {
    if (topology.waypoints().isEnvoyOfIstiod(waypoint)) {
      return Fact.yes();
    }
    String className = waypoint.className();
    String controller =
        topology
            .gatewayClass(className)
            .map(GatewayClass::controllerName)
            .orElse(className.equals(AGENTGATEWAY) ? AGENTGATEWAY_CONTROLLER : "");
    return controller.equals(AGENTGATEWAY_CONTROLLER)
        ? Fact.no("class `%s` reads none".formatted(className))
        : Fact.unknown("what class `%s` reads is not known".formatted(className));
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
    String home = level == Level.OBJECT ? homeOf(backend) : backend.namespace();
    NamespacedName named =
        new NamespacedName(labelled.label(Keys.USE_WAYPOINT_NAMESPACE).orElse(home), name);
    Optional<Reason> obstacle =
        obstacle(topology, named, home).or(() -> restriction(topology, named, backend));
    return topology
        .gateway(named.namespace(), name)
        .filter(found -> obstacle.isEmpty())
        .<WaypointBinding>map(waypoint -> new WaypointBinding.Bound(waypoint, level))
        .orElseGet(
            () -> new WaypointBinding.Unusable(named, level, obstacle.orElse(Reason.MISSING)));
  }

  /** What peering generates has the waypoint of the Service that it stands for. */
  private static String homeOf(Backend backend) {
    return backend
        .metadata()
        .label(Keys.PARENT_SERVICE_NAMESPACE)
        .filter(parent -> backend instanceof Backend.OfEntry)
        .orElse(backend.namespace());
  }

  /** Tells why a Gateway cannot be the waypoint of a namespace's hosts; empty if it can. */
  static Optional<Reason> obstacle(Topology topology, NamespacedName named, String namespace) {
    Optional<Gateway> gateway = topology.gateway(named.namespace(), named.name());
    return gateway.isEmpty()
        ? Optional.of(Reason.MISSING)
        : obstacle(topology, gateway.get(), namespace);
  }

  private static Optional<Reason> obstacle(Topology topology, Gateway gateway, String namespace) {
    if (programmed(gateway).isNo()) {
      return Optional.of(Reason.NOT_READY);
    }
    NamespacePolicy policy = attachmentPolicy(topology, gateway);
    if (!Attachments.allows(topology, gateway.namespace(), policy, namespace)) {
      return Optional.of(Reason.ATTACHMENT_DENIED);
    }
    String traffic = trafficOf(topology, gateway);
    return traffic.equals("service") || traffic.equals("all")
        ? Optional.empty()
        : Optional.of(Reason.UNSUPPORTED_TRAFFIC_TYPE);
  }

  /** An entry that only its own namespace may know has no waypoint elsewhere; Services may. */
  private static Optional<Reason> restriction(
      Topology topology, NamespacedName named, Backend backend) {
    return backend instanceof Backend.OfEntry(var entry, _, _)
            && !named.namespace().equals(entry.namespace())
            && topology.scopes().parentOf(entry).isEmpty()
        ? topology
            .waypoints()
            .visibilityOfEntriesIn(entry.namespace())
            .filter(Visibility.NAMESPACE::equals)
            .map(visibility -> Reason.RESTRICTED_TO_NAMESPACE)
        : Optional.empty();
  }

  /**
   * Tells whether a controller has given a Gateway an address. A manifest without a status does not
   * say that it has not: what is in Git is meant to run.
   */
  static Fact programmed(Gateway gateway) {
    return gateway
        .addresses()
        .map(addresses -> addresses.isEmpty() ? Fact.no(Reason.NOT_READY.spoken()) : Fact.yes())
        .orElseGet(() -> Fact.assumed("its manifest has no status"));
  }

  /** Returns which traffic a waypoint serves; the Gateway's label counts before its class's. */
  static String trafficOf(Topology topology, Gateway gateway) {
    return fromGatewayOrClass(topology, gateway, gateway.metadata().label(Keys.WAYPOINT_FOR), true)
        .orElse("service");
  }

  /** A waypoint that allows no namespace allows its own: istiod does not know {@code None}. */
  private static NamespacePolicy asIstiodReads(NamespacePolicy policy) {
    return policy.from().equals("None") ? NamespacePolicy.SAME : policy;
  }

  /** Returns which namespaces a waypoint lets attach, as istiod reads it. */
  static NamespacePolicy attachmentPolicy(Topology topology, Gateway gateway) {
    Predicate<Listener> isBound =
        inboundBinding(topology, gateway).map(Waypoints::boundListener).orElse(listener -> false);
    return gateway.listeners().stream()
        .filter(isBound)
        .findFirst()
        .or(() -> gateway.listeners().stream().filter(Waypoints::isHbone).findFirst())
        .map(Listener::allowedNamespaces)
        .map(Waypoints::asIstiodReads)
        .orElse(NamespacePolicy.SAME);
  }

  /** Tells whether a Gateway is set up to take what ztunnel sends to a waypoint. */
  static boolean takesMeshTraffic(Topology topology, Gateway gateway) {
    return inboundBinding(topology, gateway).isPresent()
        || gateway.listeners().stream()
            .map(Listener::protocol)
            .anyMatch(protocol -> protocol.equals("HBONE") || protocol.equals(PROXY));
  }

  private static Optional<String> inboundBinding(Topology topology, Gateway gateway) {
    return fromGatewayOrClass(
        topology, gateway, gateway.metadata().annotation(Keys.INBOUND_BINDING), false);
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

  /**
   * Tells which listener the binding of a sandwiched waypoint means: {@code PROXY/15088} and {@code
   * NONE/15088} the one on this port whatever its protocol, {@code PROXY} the one that speaks the
   * PROXY protocol. Anything else means none.
   */
  private static Predicate<Listener> boundListener(String binding) {
    Matcher written = BINDING.matcher(binding);
    if (!written.matches()) {
      return listener -> false;
    }
    int port = portOf(written.group(2));
    if (port != 0) {
      return listener -> listener.port() == port;
    }
    boolean isProxy = written.group(1).equals("PROXY");
    return listener -> isProxy && listener.protocol().equals(PROXY);
  }

  /** Returns 0 for what is no port: istiod then goes by the protocol. */
  private static int portOf(@Nullable String written) {
    return written != null && PORT.matcher(written).matches() ? Integer.parseInt(written) : 0;
  }

  private static boolean isHbone(Listener listener) {
    return listener.protocol().equals("HBONE") && listener.port() == HBONE_PORT;
  }
}
