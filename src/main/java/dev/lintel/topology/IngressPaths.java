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
import java.util.function.Predicate;

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
    routesByGateway
        .entrySet()
        .removeIf(entry -> !isWatched(topology, entry.getKey(), entry.getValue(), backend));
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

  /**
   * Takes away the routes that the Gateway's controller does not see; tells whether it sees any,
   * and the host and the Gateway themselves (docs/domain.md, 4.1).
   */
  private static boolean isWatched(
      Topology topology, Gateway gateway, Map<Route, Fact> routes, Backend backend) {
    Optional<Kgateway> controller = topology.ingress().kgatewayOf(gateway);
    if (controller.filter(found -> found.discoverySelectors().isPresent()).isEmpty()) {
      return true;
    }
    Predicate<String> isHidden =
        namespace -> WatchedNamespaces.include(topology, controller.get(), namespace).isNo();
    routes.keySet().removeIf(route -> isHidden.test(route.namespace()));
    return !routes.isEmpty()
        && !isHidden.test(gateway.namespace())
        && !isHidden.test(backend.namespace());
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
      WaypointBinding named = asKgatewaySees(topology, backend, binding);
      IngressPath direct =
          named.isNamed()
              ? new IngressPath.WaypointBypassed(named)
              : new IngressPath.GatewayPicksPod(labelled);
      if (!paths.contains(direct)) {
        paths.add(direct);
      }
    }
    return paths;
  }

  /** kgateway goes by labels, also those of a Service that istiod never gives a waypoint. */
  private static WaypointBinding asKgatewaySees(
      Topology topology, Backend backend, WaypointBinding binding) {
    return binding instanceof WaypointBinding.Excluded
        ? Waypoints.namedByLabels(topology, backend).orElse(binding)
        : binding;
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
