package dev.lintel.rule.trafficdistribution;

import dev.lintel.resource.EndpointSlice.Endpoint;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.Kind;
import dev.lintel.resource.Pod;
import dev.lintel.resource.Service;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.Host;
import dev.lintel.rule.Subject.OfService;
import dev.lintel.topology.GatewayRole;
import dev.lintel.topology.Topology;
import dev.lintel.topology.WaypointBinding;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * {@code internalTrafficPolicy: Local} where a proxy on another Node picks the Pods: it takes Pods
 * of its own Node, or none.
 *
 * <p>Restricted: {@code spec.internalTrafficPolicy: Local} of a Service behind a waypoint, or
 * behind a gateway of Istio's own, of which some Pod runs where the Service has no ready endpoint.
 * Allowed: an endpoint on every Node of the proxy; no endpoints at all; Nodes that are not known
 * (docs/domain.md, 1.4).
 */
final class NodeLocalBehindWaypoint {

  static final Rule RULE =
      Rule.warns("TD-018", "internal-traffic-policy-behind-waypoint")
          .summary(
              "internalTrafficPolicy: Local counts from the proxy's Node, where no Pod of this is")
          .reads(Reads.and(Reads.ROUTES, Kind.POD, Kind.ENDPOINT_SLICE, Kind.DEPLOYMENT))
          .ofServices(NodeLocalBehindWaypoint::judge);

  private NodeLocalBehindWaypoint() {}

  private static final FieldPath FIELD = FieldPath.of("spec.internalTrafficPolicy");

  private static Stream<Finding> judge(Topology topology, OfService subject) {
    Service service = subject.resource();
    return service.isNodeLocal()
        ? subject.hosts().stream()
            .filter(host -> host.backend().hasVip())
            .filter(host -> !isOfTrafficDistribution(topology, host))
            .flatMap(host -> finding(topology, service, host).stream())
        : Stream.empty();
  }

  /** Where a mode is set as well, that is spoken of. */
  private static boolean isOfTrafficDistribution(Topology topology, Host host) {
    return Settings.asked(topology, host.trafficDistribution()).isPresent();
  }

  private static Optional<Finding> finding(Topology topology, Service service, Host host) {
    Set<String> nodes = nodes(topology, service);
    if (nodes.isEmpty()) {
      return Optional.empty();
    }
    return proxies(topology, host)
        .flatMap(proxy -> strayPods(topology, proxy, nodes).limit(1).map(pod -> at(proxy, pod)))
        .findFirst();
  }

  /** Returns the Nodes with a ready endpoint; empty if there is none, or one is not known. */
  private static Set<String> nodes(Topology topology, Service service) {
    List<Endpoint> ready =
        topology
            .endpointSlicesOf(service)
            .flatMap(slice -> slice.endpoints().stream())
            .filter(Endpoint::ready)
            .toList();
    Set<String> nodes = new HashSet<>();
    ready.forEach(endpoint -> nodes.add(endpoint.nodeName()));
    return nodes.contains("") ? Set.of() : nodes;
  }

  private static Stream<Gateway> proxies(Topology topology, Host host) {
    Stream<Gateway> waypoint =
        host.waypoint() instanceof WaypointBinding.Bound(var bound, var level)
                && topology.waypoints().isEnvoyOfIstiod(bound)
            ? Stream.of(bound)
            : Stream.empty();
    Stream<Gateway> gateways =
        topology
            .ingress()
            .gatewaysTo(host.backend())
            .filter(gateway -> topology.roleOf(gateway) == GatewayRole.ISTIO_INGRESS)
            .sorted(Comparator.comparing(Gateway::key));
    return Stream.concat(waypoint, gateways);
  }

  private static Stream<Pod> strayPods(Topology topology, Gateway proxy, Set<String> nodes) {
    return topology
        .podsOf(proxy)
        .filter(pod -> !pod.nodeName().isEmpty() && !nodes.contains(pod.nodeName()))
        .sorted(Comparator.comparing(Pod::name));
  }

  private static Finding at(Gateway proxy, Pod pod) {
    return Finding.at(FIELD)
        .says(
            "internalTrafficPolicy Local counts from the proxy: Pod %s of %s is on Node %s, where"
                + " this has no ready endpoint, and answers 503",
            pod.name(), proxy.ref().spoken(), pod.nodeName())
        .because(
            "istiod gives a proxy only the endpoints of the proxy's own Node. Behind a waypoint or"
                + " a gateway that is another Node than the caller's. kgateway alone ignores the"
                + " policy.")
        .fix("remove internalTrafficPolicy, or run the proxy only where this Service runs")
        .with(proxy)
        .with(pod);
  }
}
