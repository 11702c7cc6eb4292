package dev.lintel.topology;

import dev.lintel.mesh.Fact;
import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.Gateway;
import java.util.ArrayList;
import java.util.Comparator;
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
 * @param applyingWaypoints those of them that apply its destination-level policy: no other rule
 *     that they consult displaces it (docs/domain.md, 2.1)
 * @param otherWaypoints the waypoints that have a policy for the host, but do not consult this rule
 * @param excepted whether one of those has a rule in its place: a more particular one, or any if
 *     this is a default of the whole mesh
 * @param legs every kgateway Gateway that routes to the host, with what it makes of the rule
 * @param istiodClients whether sidecars or Istio's own gateways may read it
 */
public record RuleReaders(
    Backend backend,
    List<Gateway> waypoints,
    List<Gateway> applyingWaypoints,
    List<Gateway> otherWaypoints,
    boolean excepted,
    List<LegReading> legs,
    boolean istiodClients) {

  /** Copies the collections, so that the record is immutable. */
  public RuleReaders {
    waypoints = List.copyOf(waypoints);
    applyingWaypoints = List.copyOf(applyingWaypoints);
    otherWaypoints = List.copyOf(otherWaypoints);
    legs = List.copyOf(legs);
  }

  /**
   * What a kgateway Gateway makes of a rule.
   *
   * @param leg the Gateway and its path
   * @param exported whether the rule's export and selector reach the Gateway, or may
   * @param visible whether its controller would find the rule by host too, were it looking
   * @param applies whether it applies the rule when it picks Pods
   */
  public record LegReading(IngressLeg leg, boolean exported, boolean visible, Fact applies) {}

  static RuleReaders resolve(Topology topology, DestinationRule rule, Backend backend) {
    List<LegReading> legs =
        topology.ingressTo(backend).stream()
            .map(leg -> reading(topology, rule, backend, leg))
            .toList();
    List<Gateway> consulting = new ArrayList<>();
    List<Gateway> applying = new ArrayList<>();
    List<Gateway> others = new ArrayList<>();
    boolean excepted = false;
    for (Gateway waypoint : proxiesFor(topology, backend)) {
      RuleLookup found = topology.lookUpRule(waypoint.namespace(), backend);
      boolean isConsulted = rule.workloadSelector().isEmpty() && found.rules().contains(rule);
      (isConsulted ? consulting : others).add(waypoint);
      if (isConsulted && found.policyAtWaypoint().filter(rule::equals).isPresent()) {
        applying.add(waypoint);
      }
      excepted |= !isConsulted && isExceptedBy(topology, rule, found);
    }
    boolean istiodClients =
        hasIstiodClients(topology, rule, backend)
            || (!others.isEmpty() && standsBesideParent(topology, rule, backend));
    return new RuleReaders(backend, consulting, applying, others, excepted, legs, istiodClients);
  }

  private static boolean isExceptedBy(Topology topology, DestinationRule rule, RuleLookup found) {
    return found.rules().stream()
        .filter(other -> other.workloadSelector().isEmpty())
        .anyMatch(
            other ->
                isDefaultOfAll(topology, rule)
                    || topology.hostOf(other).isMoreSpecificThan(topology.hostOf(rule)));
  }

  /** Tells whether a rule is the default of the whole mesh, in whose place others may stand. */
  public static boolean isDefaultOfAll(Topology topology, DestinationRule rule) {
    return topology.hostOf(rule).isWildcard()
        && rule.namespace().equals(topology.platform().rootNamespace());
  }

  /**
   * Tells whether a rule for a global host stands in the namespace of the Service that the host is
   * for. Upstream istiod looks where the generated entry is; what the distribution that generates
   * it does cannot be known.
   */
  private static boolean standsBesideParent(
      Topology topology, DestinationRule rule, Backend backend) {
    return backend instanceof Backend.OfEntry(var entry, var host, var written)
        && topology
            .parentOf(entry)
            .filter(parent -> parent.namespace().equals(rule.namespace()))
            .isPresent();
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

  /**
   * Returns the waypoints with a cluster for the backend: its own, the second one that gets a share
   * of its traffic, and those whose routes send to it.
   */
  private static Set<Gateway> proxiesFor(Topology topology, Backend backend) {
    Set<Gateway> proxies = new LinkedHashSet<>();
    boundWaypoints(topology, backend).forEach(proxies::add);
    MeshRoutes.callersOf(topology, backend).stream()
        .flatMap(caller -> boundWaypoints(topology, caller))
        .sorted(Comparator.comparing(Gateway::key))
        .forEach(proxies::add);
    return proxies;
  }

  private static Stream<Gateway> boundWaypoints(Topology topology, Backend backend) {
    return topology.hasVip(backend)
            && topology.waypointOf(backend)
                instanceof WaypointBinding.Bound(var waypoint, var level)
        ? Stream.concat(Stream.of(waypoint), CanaryWaypoint.inUse(topology, backend).stream())
        : Stream.empty();
  }

  private static LegReading reading(
      Topology topology, DestinationRule rule, Backend backend, IngressLeg leg) {
    boolean exported = KgatewayRules.reaches(topology, leg.gateway(), rule);
    boolean visible = exported && rule.host().equals(backend.canonicalHost());
    return new LegReading(leg, exported, visible, applies(topology, rule, backend, leg));
  }

  /** Returns no if one of the conditions fails, and else the first that is not known. */
  private static Fact applies(
      Topology topology, DestinationRule rule, Backend backend, IngressLeg leg) {
    List<Fact> conditions =
        List.of(
            leg.kgateway().istioIntegration(),
            picksPod(leg),
            KgatewayRules.picks(topology, leg.gateway(), backend, rule));
    return conditions.stream()
        .filter(Fact::isNo)
        .findFirst()
        .or(() -> conditions.stream().filter(Fact::isUnknown).findFirst())
        .orElseGet(Fact::yes);
  }

  private static Fact picksPod(IngressLeg leg) {
    if (leg.certainly(IngressPath::gatewayPicksPod)) {
      return Fact.yes();
    }
    return leg.possibly(IngressPath::gatewayPicksPod)
        ? Fact.unknown("the ingress path is not known")
        : Fact.no();
  }

  /**
   * Tells whether some sidecar or Istio gateway would find the rule: they search their own
   * namespace, the backend's and the root namespace. What is in doubt counts as a reader, and where
   * Namespaces are not known it is in doubt who has sidecars.
   */
  private static boolean hasIstiodClients(
      Topology topology, DestinationRule rule, Backend backend) {
    if (topology.namespace(backend.namespace()).isEmpty()) {
      return true;
    }
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
