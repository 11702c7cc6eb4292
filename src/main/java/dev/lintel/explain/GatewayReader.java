package dev.lintel.explain;

import dev.lintel.explain.GatewayView.ServedRoute;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.Gateway.Listener;
import dev.lintel.resource.Resource;
import dev.lintel.resource.Route;
import dev.lintel.topology.Attachment;
import dev.lintel.topology.Backend;
import dev.lintel.topology.GatewayRole;
import dev.lintel.topology.Picker;
import dev.lintel.topology.Topology;
import dev.lintel.topology.WaypointBinding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Tells what a Gateway is for and what it serves. */
final class GatewayReader {

  /** A waypoint may serve a whole cluster. */
  private static final int MAX_HOSTS = 50;

  private final Topology topology;
  private final Gateway gateway;

  GatewayReader(Topology topology, Gateway gateway) {
    this.topology = topology;
    this.gateway = gateway;
  }

  GatewayView read() {
    GatewayRole role = topology.roleOf(gateway);
    List<String> hosts =
        boundHosts().map(backend -> backend.host().value()).sorted().limit(MAX_HOSTS + 1).toList();
    return new GatewayView(
        gateway.className(),
        role,
        gateway.addresses().orElse(List.of()),
        Statement.of(
            topology.waypoints().isProgrammed(gateway),
            "a controller has programmed it",
            "no controller has programmed it",
            "whether a controller has programmed it"),
        gateway.listeners().stream().map(GatewayReader::listener).toList(),
        facts(role),
        topology.ingress().kgatewayOf(gateway),
        topology
            .routes()
            .sorted(Comparator.<Route, String>comparing(route -> route.ref().toString()))
            .flatMap(this::served)
            .toList(),
        hosts.stream().limit(MAX_HOSTS).toList(),
        hosts.size() > MAX_HOSTS);
  }

  private static String listener(Listener listener) {
    return "%s: %d %s%s, routes from %s"
        .formatted(
            listener.name(),
            listener.port(),
            listener.protocol(),
            listener.hostname().isEmpty() ? "" : " for " + listener.hostname(),
            listener.allowedNamespaces().from());
  }

  private List<Statement> facts(GatewayRole role) {
    List<Statement> facts = new ArrayList<>();
    if (topology.ingress().kgatewayOf(gateway).isPresent()) {
      facts.add(
          Statement.of(
              topology.ingress().isCaptured(gateway),
              "ztunnel captures its Pods",
              "requests to endpoints go in clear",
              "whether ztunnel captures its Pods"));
    }
    if (role == GatewayRole.WAYPOINT) {
      facts.add(
          Statement.known("it serves traffic for: " + topology.waypoints().trafficOf(gateway)));
      facts.add(
          Statement.known(
              "namespaces may attach from: "
                  + topology.waypoints().attachmentPolicyOf(gateway).from()));
      facts.add(
          topology
              .service(gateway.namespace(), gateway.name())
              .map(topology::backendOf)
              .map(this::ofWaypointPods)
              .orElseGet(() -> Statement.unknown("its Service is not known")));
    }
    return facts;
  }

  private Statement ofWaypointPods(Backend backend) {
    Picker picker = topology.endpoints().pickers(backend).atZtunnel(gateway);
    return Statement.known(
        "ztunnel picks its Pods by traffic distribution %s (%s)"
            .formatted(Distributions.mode(picker), Distributions.source(picker)));
  }

  private Stream<ServedRoute> served(Route route) {
    List<String> listeners =
        topology.ingress().attachmentsOf(route).stream()
            .filter(attachment -> attachment.gateway().equals(gateway))
            .map(Attachment::listeners)
            .flatMap(List::stream)
            .distinct()
            .toList();
    return listeners.isEmpty()
        ? Stream.empty()
        : Stream.of(
            new ServedRoute(
                route.ref(), listeners, new RouteReader(topology).targets(route, gateway::equals)));
  }

  private Stream<Backend> boundHosts() {
    Stream<Resource> objects = Stream.concat(topology.services(), topology.serviceEntries());
    return objects
        .flatMap(object -> topology.backendsOf(object).stream())
        .filter(
            backend ->
                topology.waypoints().of(backend)
                        instanceof WaypointBinding.Bound(var waypoint, var level)
                    && waypoint.key().equals(gateway.key()));
  }
}
