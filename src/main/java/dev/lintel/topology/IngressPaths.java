package dev.lintel.topology;

import dev.lintel.mesh.Fact;
import dev.lintel.mesh.Kgateway;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.Route;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Resolves the path between each kgateway Gateway and a backend (docs/domain.md, 4.3). */
final class IngressPaths {

  private IngressPaths() {}

  static List<IngressLeg> resolve(Topology topology, Indexes indexes, Backend backend) {
    if (Routes.isNoBackend(backend)) {
      return List.of();
    }
    Map<Gateway, Map<Route, Fact>> routesByGateway = new LinkedHashMap<>();
    topology
        .ingress()
        .routesTo(backend)
        .forEach(
            route ->
                Routes.gatewaysTo(topology, route, backend)
                    .forEach(
                        (gateway, served) ->
                            routesByGateway
                                .computeIfAbsent(gateway, ignored -> new LinkedHashMap<>())
                                .put(route, served)));
    if (routesByGateway.isEmpty()) {
      return List.of();
    }
    WaypointBinding binding = topology.waypoints().of(backend);
    return routesByGateway.entrySet().stream()
        .flatMap(
            entry -> leg(topology, backend, binding, entry.getKey(), entry.getValue()).stream())
        .sorted(Comparator.comparing(leg -> leg.gateway().key()))
        .toList();
  }

  private static Optional<IngressLeg> leg(
      Topology topology,
      Backend backend,
      WaypointBinding binding,
      Gateway gateway,
      Map<Route, Fact> routes) {
    return GatewayRoles.distribution(topology.roleOf(gateway))
        .map(
            distribution -> {
              Kgateway kgateway = topology.dialect().kgateway(distribution);
              Fact captured = topology.ingress().isCaptured(gateway);
              List<Map.Entry<Route, Fact>> surestFirst =
                  routes.entrySet().stream()
                      .sorted(Comparator.comparing(entry -> !entry.getValue().isYes()))
                      .toList();
              return new IngressLeg(
                  gateway,
                  kgateway,
                  surestFirst.stream().map(Map.Entry::getKey).toList(),
                  surestFirst.getFirst().getValue(),
                  captured,
                  paths(topology, backend, binding, captured, kgateway));
            });
  }

  private static List<IngressPath> paths(
      Topology topology,
      Backend backend,
      WaypointBinding binding,
      Fact captured,
      Kgateway kgateway) {
    List<IngressPath> paths = new ArrayList<>();
    if (!captured.isYes()) {
      paths.add(new IngressPath.PlaintextToPod());
    }
    if (captured.isNo()) {
      return paths;
    }
    boolean labelled =
        topology.ingress().labelIsTrueForKgateway(backend)
            && !kgateway.ingressUseWaypoints().isNo();
    if (labelled) {
      paths.add(behindVip(topology, backend, binding));
    }
    if (!labelled || !kgateway.ingressUseWaypoints().isYes()) {
      IngressPath direct =
          binding.isNamed()
              ? new IngressPath.WaypointBypassed(binding)
              : new IngressPath.GatewayPicksPod(labelled);
      if (!paths.contains(direct)) {
        paths.add(direct);
      }
    }
    return paths;
  }

  private static IngressPath behindVip(
      Topology topology, Backend backend, WaypointBinding binding) {
    return switch (binding) {
      case WaypointBinding.NotNamed ignored -> new IngressPath.GatewayPicksPod(true);
      case WaypointBinding.OptedOut ignored -> new IngressPath.GatewayPicksPod(true);
      case WaypointBinding.Excluded ignored ->
          Waypoints.namedByLabels(topology, backend)
              .map(named -> behindVip(topology, backend, named))
              .orElseGet(() -> new IngressPath.GatewayPicksPod(true));
      case WaypointBinding.Bound bound ->
          topology.ingress().hasVip(backend)
              ? new IngressPath.ThroughWaypoint(bound.waypoint())
              : new IngressPath.EmptyCluster();
      case WaypointBinding.Unusable unusable ->
          topology.ingress().hasVip(backend)
              ? new IngressPath.WaypointSkippedBehindVip(unusable)
              : new IngressPath.EmptyCluster();
    };
  }
}
