package dev.lintel.topology;

import dev.lintel.mesh.Fact;
import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.Route;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Who reads a DestinationRule for one of the hosts that it covers (docs/domain.md, 8.3).
 *
 * @param backend the host
 * @param waypoints the waypoints that consult the rule, for traffic to the host or to a service
 *     whose mesh route sends there
 * @param legs every kgateway Gateway that routes to the host, with what it makes of the rule
 * @param istiodClients whether sidecars or Istio's own gateways may read it
 */
public record RuleReaders(
    Backend backend, List<Gateway> waypoints, List<LegReading> legs, boolean istiodClients) {

  /** Copies the collections, so that the record is immutable. */
  public RuleReaders {
    waypoints = List.copyOf(waypoints);
    legs = List.copyOf(legs);
  }

  /**
   * What a kgateway Gateway makes of a rule.
   *
   * @param leg the Gateway and its path
   * @param visible whether its controller would find the rule by host and export, were it looking
   * @param applies whether it applies the rule when it picks Pods
   */
  public record LegReading(IngressLeg leg, boolean visible, Fact applies) {}

  static RuleReaders resolve(Topology topology, DestinationRule rule, Backend backend) {
    List<LegReading> legs =
        topology.ingressTo(backend).stream()
            .map(leg -> reading(topology, rule, backend, leg))
            .toList();
    return new RuleReaders(
        backend,
        waypoints(topology, rule, backend),
        legs,
        hasIstiodClients(topology, rule, backend));
  }

  /** Tells whether nobody reads the rule, whatever the unknown facts turn out to be. */
  public boolean isNobody() {
    return waypoints.isEmpty()
        && !istiodClients
        && legs.stream().allMatch(reading -> reading.applies().isNo());
  }

  /** Tells whether a proxy fed by istiod reads the rule, or may. */
  public boolean mayBeReadByIstiodProxies() {
    return !waypoints.isEmpty() || istiodClients;
  }

  private static List<Gateway> waypoints(Topology topology, DestinationRule rule, Backend backend) {
    if (rule.workloadSelector().isPresent()) {
      return List.of();
    }
    return proxiesFor(topology, backend).stream()
        .filter(
            waypoint -> topology.lookUpRule(waypoint.namespace(), backend).rules().contains(rule))
        .toList();
  }

  /**
   * Returns the waypoints with a cluster for the backend: its own, and those whose routes send to
   * it.
   */
  private static Set<Gateway> proxiesFor(Topology topology, Backend backend) {
    Set<Gateway> proxies = new LinkedHashSet<>();
    boundWaypoint(topology, backend).forEach(proxies::add);
    topology.meshRoutesTo(backend).stream()
        .flatMap(route -> route.parents().stream())
        .filter(Route.ParentRef::isService)
        .flatMap(parent -> topology.service(parent.namespace(), parent.name()).stream())
        .flatMap(service -> boundWaypoint(topology, topology.backendOf(service)))
        .forEach(proxies::add);
    return proxies;
  }

  private static Stream<Gateway> boundWaypoint(Topology topology, Backend backend) {
    return backend.hasVip()
            && topology.waypointOf(backend)
                instanceof WaypointBinding.Bound(var waypoint, var level)
        ? Stream.of(waypoint)
        : Stream.empty();
  }

  private static LegReading reading(
      Topology topology, DestinationRule rule, Backend backend, IngressLeg leg) {
    boolean visible = KgatewayRules.isVisible(rule, leg.gateway(), backend);
    return new LegReading(leg, visible, applies(topology, rule, backend, leg, visible));
  }

  private static Fact applies(
      Topology topology, DestinationRule rule, Backend backend, IngressLeg leg, boolean visible) {
    Fact integration = leg.kgateway().istioIntegration();
    boolean isPicked =
        visible
            && KgatewayRules.pick(topology, leg.gateway(), backend)
                .filter(rule::equals)
                .isPresent();
    if (!isPicked || integration.isNo() || !leg.possibly(IngressPath::gatewayPicksPod)) {
      return Fact.no();
    }
    if (!integration.isYes()) {
      return integration;
    }
    Fact selected = KgatewayRules.selects(topology, leg.gateway(), rule);
    if (!selected.isYes()) {
      return selected;
    }
    return leg.certainly(IngressPath::gatewayPicksPod)
        ? Fact.yes()
        : Fact.unknown("the ingress path is not known");
  }

  /**
   * Tells whether some sidecar or Istio gateway would find the rule: they search their own
   * namespace, the backend's and the root namespace. What is in doubt counts as a reader.
   */
  private static boolean hasIstiodClients(
      Topology topology, DestinationRule rule, Backend backend) {
    boolean searchedByAll =
        rule.namespace().equals(backend.namespace())
            || rule.namespace().equals(topology.platform().rootNamespace());
    Predicate<String> finds =
        namespace ->
            (searchedByAll || rule.namespace().equals(namespace))
                && RuleLookup.isExportedTo(rule, namespace);
    return Stream.concat(
            topology.sidecarNamespaces(), topology.istioIngressGateways().map(Gateway::namespace))
        .anyMatch(finds);
  }
}
