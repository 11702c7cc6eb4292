package dev.lintel.topology;

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
 * What the proxies on the way to a host make of a DestinationRule that covers it (docs/domain.md,
 * 8.3).
 *
 * @param rule the rule
 * @param backend the host
 * @param readings what each proxy makes of it: every waypoint with a cluster for the host, every
 *     kgateway Gateway that routes to it or to another name of it, sidecars and Istio's own
 *     gateways where some may read the rule, and ztunnel
 * @param excepted whether a waypoint that does not consult the rule has another one in its place: a
 *     more particular one, or any if this is a default of the whole mesh
 */
public record RuleReaders(
    DestinationRule rule, Backend backend, List<RuleReading> readings, boolean excepted) {

  /** Copies the list, so that the record is immutable. */
  public RuleReaders {
    readings = List.copyOf(readings);
  }

  static RuleReaders resolve(Topology topology, DestinationRule rule, Backend backend) {
    List<RuleReading> readings = new ArrayList<>();
    boolean isConsultedByAll = true;
    boolean excepted = false;
    for (Gateway waypoint : proxiesFor(topology, backend)) {
      RuleReading reading = RuleReadings.atWaypoint(topology, rule, backend, waypoint);
      readings.add(reading);
      if (!isConsulted(reading)) {
        isConsultedByAll = false;
        excepted |=
            isExceptedBy(topology, rule, topology.rules().lookUp(waypoint.namespace(), backend));
      }
    }
    Aliases.legsTo(topology, backend).stream()
        .map(leg -> RuleReadings.atKgateway(topology, rule, backend, leg))
        .forEach(readings::add);
    if (hasIstiodClients(topology, rule, backend)
        || (!isConsultedByAll && standsBesideParent(topology, rule, backend))) {
      readings.add(
          new RuleReading.Unknown(new Proxy.Sidecars(), "those that are there may read it"));
    }
    readings.add(new RuleReading.ReadsNone(new Proxy.Ztunnel()));
    return new RuleReaders(rule, backend, readings, excepted);
  }

  /** Returns the readings with an outcome. */
  public <R extends RuleReading> List<R> of(Class<R> outcome) {
    List<R> found = new ArrayList<>(1);
    for (RuleReading reading : readings) {
      if (outcome.isInstance(reading)) {
        found.add(outcome.cast(reading));
      }
    }
    return List.copyOf(found);
  }

  /** Tells whether some Gateway would apply the rule, were there no other for the host. */
  public boolean isOvertaken() {
    for (RuleReading reading : readings) {
      if (reading.wouldApply() && reading.proxy() instanceof Proxy.Kgateway) {
        return true;
      }
    }
    return false;
  }

  /** Returns what the kgateway Gateways that route to the host make of the rule. */
  public Stream<RuleReading> atGateways() {
    return readings.stream().filter(reading -> reading.proxy() instanceof Proxy.Kgateway);
  }

  /** Returns what the waypoints with a cluster for the host make of the rule. */
  public Stream<RuleReading> atWaypoints() {
    return readings.stream().filter(reading -> reading.proxy() instanceof Proxy.Waypoint);
  }

  /** Returns the kgateway Gateways that route to the host, each with its path. */
  public List<IngressLeg> legs() {
    return legs(reading -> true);
  }

  /** Returns the kgateway Gateways that certainly apply the rule, each with its path. */
  public List<IngressLeg> applyingLegs() {
    return legs(RuleReading.Applied.class::isInstance);
  }

  /**
   * Returns the waypoints that consult the rule, for traffic to the host or to a service whose mesh
   * route sends there.
   */
  public List<Gateway> waypoints() {
    return waypoints(RuleReaders::isConsulted);
  }

  /**
   * Returns those of them that apply its destination-level policy: no other rule that they consult
   * displaces it (docs/domain.md, 2.1).
   */
  public List<Gateway> applyingWaypoints() {
    return waypoints(RuleReading.Applied.class::isInstance);
  }

  /** Returns the waypoints that have a policy for the host, but do not consult this rule. */
  public List<Gateway> otherWaypoints() {
    return waypoints(reading -> !isConsulted(reading));
  }

  /** Tells whether sidecars or Istio's own gateways may read the rule. */
  public boolean istiodClients() {
    return readings.stream().anyMatch(reading -> reading.proxy() instanceof Proxy.Sidecars);
  }

  /** Tells whether nobody reads the rule, whatever the unknown facts turn out to be. */
  public boolean isNobody() {
    return waypoints().isEmpty() && readings.stream().allMatch(reading -> reading.applies().isNo());
  }

  /** Tells whether a proxy fed by istiod reads the rule, or may. */
  public boolean mayBeReadByIstiodProxies() {
    return istiodClients() || !waypoints().isEmpty();
  }

  /** Tells whether some proxy fed by istiod applies the rule's policy, or may. */
  public boolean mayBeAppliedByIstiodProxies() {
    return istiodClients() || !applyingWaypoints().isEmpty();
  }

  private List<Gateway> waypoints(Predicate<RuleReading> condition) {
    List<Gateway> found = new ArrayList<>(readings.size());
    for (RuleReading reading : readings) {
      if (reading.proxy() instanceof Proxy.Waypoint(var waypoint) && condition.test(reading)) {
        found.add(waypoint);
      }
    }
    return List.copyOf(found);
  }

  private List<IngressLeg> legs(Predicate<RuleReading> condition) {
    List<IngressLeg> found = new ArrayList<>(readings.size());
    for (RuleReading reading : readings) {
      if (reading.proxy() instanceof Proxy.Kgateway(var leg) && condition.test(reading)) {
        found.add(leg);
      }
    }
    return List.copyOf(found);
  }

  private static boolean isConsulted(RuleReading reading) {
    return reading instanceof RuleReading.Applied || reading instanceof RuleReading.Displaced;
  }

  private static boolean isExceptedBy(Topology topology, DestinationRule rule, RuleLookup found) {
    return found.rules().stream()
        .filter(other -> other.workloadSelector().isEmpty())
        .anyMatch(
            other ->
                isDefaultOfAll(topology, rule)
                    || topology
                        .rules()
                        .hostOf(other)
                        .isMoreSpecificThan(topology.rules().hostOf(rule)));
  }

  /** Tells whether a rule is the default of the whole mesh, in whose place others may stand. */
  static boolean isDefaultOfAll(Topology topology, DestinationRule rule) {
    return topology.rules().hostOf(rule).isWildcard()
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
            .scopes()
            .parentOf(entry)
            .filter(parent -> parent.namespace().equals(rule.namespace()))
            .isPresent();
  }

  /** Returns the same, and the second waypoint where its share is nothing. */
  static Set<Gateway> boundOrCalling(Topology topology, Backend backend) {
    Set<Gateway> proxies = new LinkedHashSet<>(proxiesFor(topology, backend));
    if (boundWaypoints(topology, backend).findAny().isPresent()) {
      CanaryWaypoint.bound(topology, backend).ifPresent(proxies::add);
    }
    return proxies;
  }

  /**
   * Returns the waypoints with a cluster for the backend: its own, the second one that gets a share
   * of its traffic, and those whose routes send to it.
   */
  private static Set<Gateway> proxiesFor(Topology topology, Backend backend) {
    Set<Gateway> proxies = new LinkedHashSet<>();
    boundWaypoints(topology, backend).forEach(proxies::add);
    MeshRoutes.callersOf(topology, backend).stream()
        .flatMap(caller -> boundWaypoints(topology, caller.backend()).filter(caller::isTakenBy))
        .sorted(Comparator.comparing(Gateway::key))
        .forEach(proxies::add);
    return proxies;
  }

  private static Stream<Gateway> boundWaypoints(Topology topology, Backend backend) {
    return topology.ingress().hasVip(backend)
            && topology.waypoints().of(backend)
                instanceof WaypointBinding.Bound(var waypoint, var level)
        ? Stream.concat(Stream.of(waypoint), CanaryWaypoint.inUse(topology, backend).stream())
        : Stream.empty();
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
    Predicate<String> finds =
        namespace ->
            RuleLookup.isExportedTo(rule, namespace)
                && RuleLookup.knownTo(topology, namespace, backend).isPresent()
                && (rule.namespace().equals(backend.namespace())
                    || RuleLookup.searched(topology, namespace, backend)
                        .contains(rule.namespace()));
    return Stream.concat(
            topology.sidecarNamespaces(),
            topology.ingress().istioGateways().map(Gateway::namespace))
        .anyMatch(finds);
  }
}
