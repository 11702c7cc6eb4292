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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Asks a topology about one host. */
final class HostReader {

  private final Topology topology;
  private final List<Backend> backends;
  private final Backend canonical;
  private final Map<NamespacedName, Arrival> arrivals;

  private HostReader(Topology topology, List<Backend> backends, Backend canonical) {
    this.topology = topology;
    this.backends = backends;
    this.canonical = canonical;
    this.arrivals = Arrival.to(topology, canonical.host());
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
    Map<NamespacedName, Possible<Row>> paths = new LinkedHashMap<>();
    arrivals.forEach((gateway, arrival) -> paths.put(gateway, arrival.path()));
    return new HostReading(true, paths, waypoint(), readers(), modes());
  }

  private Optional<NamespacedName> waypoint() {
    return topology.waypoints().of(canonical).boundWaypoint().map(Gateway::key);
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
}
