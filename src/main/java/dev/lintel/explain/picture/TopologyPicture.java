package dev.lintel.explain.picture;

import dev.lintel.explain.Explainer;
import dev.lintel.explain.Words;
import dev.lintel.explain.picture.Picture.Line;
import dev.lintel.explain.picture.Picture.Role;
import dev.lintel.judge.Judged;
import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.Resource;
import dev.lintel.resource.Route;
import dev.lintel.resource.Route.BackendRef;
import dev.lintel.topology.Backend;
import dev.lintel.topology.GatewayRole;
import dev.lintel.topology.IngressLeg;
import dev.lintel.topology.IngressPath;
import dev.lintel.topology.Proxy;
import dev.lintel.topology.RouteReference;
import dev.lintel.topology.RouteReference.Standing;
import dev.lintel.topology.RuleReaders;
import dev.lintel.topology.RuleReading;
import dev.lintel.topology.Topology;
import dev.lintel.topology.WaypointBinding;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Draws the ingress topology: Gateways, routes, waypoints, the hosts behind them, and the
 * DestinationRules that are for these hosts, with what stands against each.
 */
public final class TopologyPicture {

  private final Topology topology;
  private final Function<Resource, List<Judged>> review;
  private final Map<Resource, List<Judged>> reviewed = new HashMap<>();
  private final Sketch sketch = new Sketch();

  private TopologyPicture(Topology topology, Function<Resource, List<Judged>> review) {
    this.topology = topology;
    this.review = review;
  }

  /**
   * Returns the picture.
   *
   * @param explainer tells what stands against an object
   * @param namespace what is drawn: hosts, routes and Gateways of this namespace, with what they
   *     lead to and come from; empty for those of every namespace
   * @param limit how many nodes there may be before further hosts are left out
   */
  public static Picture of(
      Topology topology, Explainer explainer, Optional<String> namespace, int limit) {
    return new TopologyPicture(topology, explainer::findings).draw(namespace, limit);
  }

  private Picture draw(Optional<String> namespace, int limit) {
    int omitted = 0;
    for (Backend backend : backends().toList()) {
      List<RouteReference> references = topology.ingress().referencesTo(backend);
      if (concerns(namespace, backend, references) && isOfInterest(backend, references)) {
        if (sketch.size() < limit) {
          host(backend, references);
        } else {
          omitted++;
        }
      }
    }
    topology
        .routes()
        .filter(route -> isIn(namespace, route))
        .sorted(Comparator.comparing(route -> route.ref().toString()))
        .filter(route -> sketch.size() < limit)
        .forEach(this::danglingReferences);
    topology
        .gateways()
        .filter(gateway -> isIn(namespace, gateway))
        .sorted(Comparator.comparing(Gateway::key))
        .filter(gateway -> sketch.size() < limit)
        .forEach(this::gateway);
    return sketch.picture(omitted);
  }

  private Stream<Backend> backends() {
    return Stream.concat(topology.services(), topology.serviceEntries())
        .sorted(Comparator.comparing((Resource object) -> object.ref().toString()))
        .flatMap(object -> topology.backendsOf(object).stream());
  }

  private static boolean concerns(
      Optional<String> namespace, Backend backend, List<RouteReference> references) {
    return isIn(namespace, backend.resource())
        || references.stream()
            .anyMatch(
                reference ->
                    isIn(namespace, reference.route())
                        || reference.gateways().stream().anyMatch(g -> isIn(namespace, g)));
  }

  private static boolean isIn(Optional<String> namespace, Resource object) {
    return namespace.isEmpty() || namespace.get().equals(object.namespace());
  }

  /** A default for all hosts makes none of them worth drawing. */
  private boolean isOfInterest(Backend backend, List<RouteReference> references) {
    return !references.isEmpty()
        || topology.waypoints().of(backend).isNamed()
        || rules(backend).anyMatch(rule -> !topology.rules().hostOf(rule).isWildcard());
  }

  private Stream<DestinationRule> rules(Backend backend) {
    return Stream.concat(
            topology.rules().covering(backend.host()),
            topology.rules().written(backend.canonicalHost()).stream())
        .distinct()
        .sorted(Comparator.comparing(DestinationRule::key));
  }

  private void host(Backend backend, List<RouteReference> references) {
    String host =
        sketch.object(
            Role.BACKEND,
            backend.resource().ref(),
            findings(backend.resource()),
            backend.host().value());
    List<IngressLeg> legs = topology.ingress().to(backend);
    references.forEach(reference -> reference(reference, host, legs));
    legs.forEach(leg -> leg(leg, host, legs));
    waypoint(backend, host, legs);
    rules(backend).forEach(rule -> rule(rule, backend, host));
  }

  private void reference(RouteReference reference, String host, List<IngressLeg> legs) {
    String route = route(reference.route());
    if (reference.standing() != Standing.RESOLVED) {
      sketch.edge(route, host, Line.REFUSED, Words.standing(reference.standing()));
    } else if (legs.stream().noneMatch(leg -> leg.routes().contains(reference.route()))) {
      sketch.edge(route, host, Line.FLOW, "");
    }
  }

  private String route(Route route) {
    String id = sketch.object(Role.ROUTE, route.ref(), List.of());
    sketch.attachments(
        id, topology.ingress().attachmentsOf(route), topology.ingress().refusedParentsOf(route));
    return id;
  }

  private void leg(IngressLeg leg, String host, List<IngressLeg> legs) {
    Line line = leg.paths().size() > 1 ? Line.MAYBE : Line.FLOW;
    for (Route route : leg.routes()) {
      boolean isShared = legs.stream().filter(l -> l.routes().contains(route)).count() > 1;
      String from = isShared ? " from " + leg.gateway().key() : "";
      for (IngressPath path : leg.paths()) {
        path(route(route), host, path, line, path.label() + from);
      }
    }
  }

  private void path(String route, String host, IngressPath path, Line line, String label) {
    switch (path) {
      case IngressPath.ThroughWaypoint through -> {
        String waypoint = waypoint(through.waypoint());
        sketch.edge(route, waypoint, line, label);
        sketch.edge(waypoint, host, Line.FLOW, "");
      }
      case IngressPath.EmptyCluster empty ->
          sketch.edge(route, host, Line.REFUSED, label + ": 503, no endpoint");
      case IngressPath.WaypointSkippedBehindVip skipped ->
          sketch.edge(route, host, line, label + ": waypoint skipped");
      case IngressPath.WaypointBypassed bypassed ->
          sketch.edge(route, host, line, label + ": past the waypoint");
      case IngressPath.PlaintextToPod clear -> sketch.edge(route, host, line, label + ": in clear");
      case IngressPath.GatewayPicksPod picks -> sketch.edge(route, host, line, label);
    }
  }

  private String waypoint(Gateway waypoint) {
    return sketch.object(Role.WAYPOINT, waypoint.ref(), List.of(), "waypoint");
  }

  private void waypoint(Backend backend, String host, List<IngressLeg> legs) {
    switch (topology.waypoints().of(backend)) {
      case WaypointBinding.Bound bound -> {
        if (legs.stream().noneMatch(leg -> leg.possibly(TopologyPicture::isThrough))) {
          sketch.edge(waypoint(bound.waypoint()), host, Line.MESH, "callers in the mesh");
        }
      }
      case WaypointBinding.Unusable unusable -> {
        String name = "waypoint " + unusable.named();
        sketch.edge(
            sketch.thing(Role.NOTHING, name, name),
            host,
            Line.REFUSED,
            "not used: " + unusable.reason().spoken());
      }
      case WaypointBinding.NotNamed none -> {}
      case WaypointBinding.OptedOut out -> {}
      case WaypointBinding.Excluded excluded -> {}
    }
  }

  private static boolean isThrough(IngressPath path) {
    return path instanceof IngressPath.ThroughWaypoint;
  }

  private void rule(DestinationRule rule, Backend backend, String host) {
    RuleReaders readers = topology.rules().readersOf(rule, backend);
    String id = sketch.object(Role.RULE, rule.ref(), findings(rule));
    for (RuleReading reading : readers.readings()) {
      switch (reading.proxy()) {
        case Proxy.Kgateway kgateway -> atGateway(id, kgateway, reading);
        case Proxy.Waypoint waypoint -> atWaypoint(id, waypoint, reading);
        case Proxy.Sidecars sidecars ->
            sketch.edge(id, host, Line.READ, "may be read by " + sidecars.spoken());
        case Proxy.IstioIngress ingress -> {}
        case Proxy.Ztunnel ztunnel -> {}
      }
    }
    if (readers.isNobody() && !topology.rules().hostOf(rule).isWildcard()) {
      sketch.edge(id, host, Line.REFUSED, "read by nobody");
    }
  }

  private void atGateway(String rule, Proxy.Kgateway proxy, RuleReading reading) {
    if (!reading.applies().isNo()) {
      String gateway = sketch.object(Role.GATEWAY, proxy.gateway().ref(), List.of());
      sketch.edge(
          rule, gateway, Line.READ, reading.applies().isYes() ? "read by" : "may be read by");
    }
  }

  private void atWaypoint(String rule, Proxy.Waypoint proxy, RuleReading reading) {
    if (reading instanceof RuleReading.Applied) {
      sketch.edge(rule, waypoint(proxy.gateway()), Line.READ, "read by");
    } else if (reading instanceof RuleReading.Displaced) {
      sketch.edge(rule, waypoint(proxy.gateway()), Line.REFUSED, "another rule's policy counts");
    }
  }

  private void danglingReferences(Route route) {
    for (BackendRef ref : route.backends()) {
      if (topology.ingress().backendsNamed(route, ref).isEmpty()
          && topology.ingress().delegatesOf(route, ref).isEmpty()
          && isOfTheMesh(ref)) {
        String reference = Words.reference(route, ref);
        sketch.edge(
            route(route),
            sketch.thing(Role.NOTHING, route.namespace() + " " + reference, reference),
            Line.REFUSED,
            Words.standing(Standing.NOT_FOUND));
      }
    }
  }

  /** Other kinds may exist all the same: Lintel does not read them. */
  private static boolean isOfTheMesh(BackendRef ref) {
    return ref.kind().equals("Service")
        || ref.kind().equals("ServiceEntry")
        || ref.kind().equals("Hostname");
  }

  private void gateway(Gateway gateway) {
    GatewayRole role = topology.roleOf(gateway);
    if (role == GatewayRole.WAYPOINT) {
      waypoint(gateway);
    } else {
      sketch.object(Role.GATEWAY, gateway.ref(), List.of());
    }
  }

  private List<Judged> findings(Resource object) {
    return reviewed.computeIfAbsent(object, review);
  }
}
