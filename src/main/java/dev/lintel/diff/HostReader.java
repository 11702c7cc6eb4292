package dev.lintel.diff;

import dev.lintel.diff.HostReading.Picked;
import dev.lintel.mesh.Fact;
import dev.lintel.mesh.HostName;
import dev.lintel.mesh.TrafficDistribution;
import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.NamespacedName;
import dev.lintel.topology.Backend;
import dev.lintel.topology.IngressLeg;
import dev.lintel.topology.IngressPath;
import dev.lintel.topology.Topology;
import dev.lintel.topology.WaypointBinding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Asks a topology about one host. */
final class HostReader {

  private final Topology topology;
  private final List<Backend> backends;
  private final Backend canonical;
  private final Map<NamespacedName, Arrival> arrivals = new TreeMap<>();

  private HostReader(Topology topology, List<Backend> backends, Backend canonical) {
    this.topology = topology;
    this.backends = backends;
    this.canonical = canonical;
  }

  static HostReading read(Topology whole, HostName host) {
    Optional<Backend> found = whole.canonicalBackend(host);
    if (found.isEmpty()) {
      return HostReading.NOTHING;
    }
    Topology topology = whole.forJudgementOf(found.get().resource().ref());
    return new HostReader(topology, topology.backendsWithHost(host), found.get()).read();
  }

  private HostReading read() {
    collectArrivals();
    Map<NamespacedName, Possible<Row>> paths = new LinkedHashMap<>();
    arrivals.forEach((gateway, arrival) -> paths.put(gateway, arrival.path()));
    return new HostReading(true, paths, waypoint(), readers(), modes());
  }

  /** A Gateway that reaches several backends of the host is told by the one that counts first. */
  private void collectArrivals() {
    Stream.concat(Stream.of(canonical), backends.stream())
        .distinct()
        .flatMap(
            backend ->
                topology.ingress().to(backend).stream()
                    .map(
                        leg ->
                            new Arrival(leg, backend, topology.ingress().resolves(leg, backend))))
        .filter(arrival -> !arrival.resolved().isNo())
        .forEach(arrival -> arrivals.putIfAbsent(arrival.leg().gateway().key(), arrival));
  }

  private Optional<NamespacedName> waypoint() {
    return topology.waypoints().of(canonical) instanceof WaypointBinding.Bound(var bound, var level)
        ? Optional.of(bound.key())
        : Optional.empty();
  }

  private Map<NamespacedName, Map<String, Fact>> readers() {
    List<DestinationRule> rules =
        Stream.concat(
                topology.rules().covering(canonical.host()),
                backends.stream()
                    .map(Backend::canonicalHost)
                    .distinct()
                    .flatMap(written -> topology.rules().written(written).stream()))
            .distinct()
            .toList();
    if (rules.isEmpty()) {
      return Map.of();
    }
    List<Gateway> ingresses = topology.ingress().istioGatewaysTo(canonical);
    Map<NamespacedName, Map<String, Fact>> readers = new LinkedHashMap<>();
    for (DestinationRule rule : rules) {
      readers.put(
          rule.key(), new RuleAudience(topology, rule, canonical).of(arrivals.values(), ingresses));
    }
    return readers;
  }

  private Map<Picked, Possible<TrafficDistribution>> modes() {
    Map<Picked, Possible<TrafficDistribution>> modes = new LinkedHashMap<>();
    for (Arrival arrival : arrivals.values()) {
      add(modes, arrival);
    }
    topology.waypoints().reaching(canonical).stream()
        .filter(topology.waypoints()::isEnvoyOfIstiod)
        .map(waypoint -> topology.endpoints().pickers(canonical).atWaypoint(waypoint))
        .forEach(
            picker -> put(modes, "waypoint " + picker.client().key(), Modes.of(topology, picker)));
    topology.ingress().istioGatewaysTo(canonical).stream()
        .filter(gateway -> !Modes.passesWaypoint(topology, canonical))
        .map(gateway -> topology.endpoints().pickers(canonical).atIstioIngress(gateway))
        .forEach(
            picker ->
                put(modes, "istio-gateway " + picker.client().key(), Modes.of(topology, picker)));
    return modes;
  }

  private void put(
      Map<Picked, Possible<TrafficDistribution>> modes,
      String picker,
      Possible<TrafficDistribution> mode) {
    modes.merge(new Picked(canonical.host(), picker), mode, Possible::surer);
  }

  private void add(Map<Picked, Possible<TrafficDistribution>> modes, Arrival arrival) {
    IngressLeg leg = arrival.leg();
    String gateway = "gateway " + leg.gateway().key();
    if (leg.possibly(IngressPath::gatewayPicksPod)) {
      Possible<TrafficDistribution> mode =
          Modes.of(topology, topology.endpoints().pickers(arrival.backend()).atKgateway(leg));
      put(
          modes,
          gateway,
          leg.certainly(IngressPath::gatewayPicksPod) && arrival.path().isKnown()
              ? mode
              : mode.orNothing(arrival.path().reason()));
    }
    for (IngressPath path : leg.paths()) {
      if (path instanceof IngressPath.WaypointSkippedBehindVip) {
        Possible<TrafficDistribution> mode =
            Modes.of(
                topology, topology.endpoints().pickers(arrival.backend()).atZtunnel(leg.gateway()));
        put(modes, "ztunnel", arrival.certain(mode));
      }
      if (path instanceof IngressPath.ThroughWaypoint(var waypoint)) {
        topology
            .service(waypoint.namespace(), waypoint.name())
            .map(topology::backendOf)
            .ifPresent(
                own ->
                    modes.merge(
                        new Picked(own.host(), "ztunnel"),
                        arrival.certain(
                            Modes.of(
                                topology,
                                topology.endpoints().pickers(own).atZtunnel(leg.gateway()))),
                        Possible::surer));
      }
    }
  }

  /**
   * A Gateway of kgateway that comes to the host, or may.
   *
   * @param leg how it does
   * @param backend which of the host's backends it comes to
   * @param resolved whether a reference is resolved to it: never a No
   */
  record Arrival(IngressLeg leg, Backend backend, Fact resolved) {

    /** Returns the row, or all that are possible. */
    Possible<Row> path() {
      List<Row> rows = leg.paths().stream().map(Row::of).distinct().toList();
      Possible<Row> row =
          rows.size() == 1 ? Possible.known(rows.getFirst()) : Possible.oneOf(rows, reason());
      Fact comes = leg.served().isYes() ? resolved : leg.served();
      return comes.isYes() ? row : row.orNothing(both(comes.reason(), row.reason()));
    }

    private static String both(String one, String other) {
      return other.isEmpty() ? one : one + "; " + other;
    }

    /** Returns what holds on one of several paths. */
    <T> Possible<T> certain(Possible<T> value) {
      Possible<Row> path = path();
      return path.isKnown() ? value : value.orNothing(path.reason());
    }

    private String reason() {
      Fact labels = leg.kgateway().ingressUseWaypoints();
      return leg.captured().isUnknown()
          ? "whether ztunnel captures its Pods: " + leg.captured().reason()
          : "whether the controller honours istio.io/ingress-use-waypoint: " + labels.reason();
    }
  }
}
