package dev.lintel.diff;

import dev.lintel.mesh.Fact;
import dev.lintel.mesh.HostName;
import dev.lintel.resource.NamespacedName;
import dev.lintel.topology.Backend;
import dev.lintel.topology.IngressLeg;
import dev.lintel.topology.Topology;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A Gateway of kgateway that comes to a host, or may.
 *
 * @param leg how it does
 * @param backend which of the host's backends it comes to
 * @param resolved whether a reference is resolved to it: never a No
 */
public record Arrival(IngressLeg leg, Backend backend, Fact resolved) {

  /**
   * Returns the Gateways that come to a host, by name. One that reaches several of the host's
   * backends is told by the one that counts first.
   */
  public static SortedMap<NamespacedName, Arrival> to(Topology topology, HostName host) {
    SortedMap<NamespacedName, Arrival> arrivals = new TreeMap<>();
    allTo(topology, host)
        .forEach(arrival -> arrivals.putIfAbsent(arrival.leg().gateway().key(), arrival));
    return arrivals;
  }

  /** Returns how Gateways come to each of a host's backends, that which counts first first. */
  public static List<Arrival> allTo(Topology topology, HostName host) {
    return Stream.concat(
            topology.canonicalBackend(host).stream(), topology.backendsWithHost(host).stream())
        .distinct()
        .flatMap(
            backend ->
                topology.ingress().to(backend).stream()
                    .map(
                        leg ->
                            new Arrival(leg, backend, topology.ingress().resolves(leg, backend))))
        .filter(arrival -> !arrival.resolved().isNo())
        .toList();
  }

  /** Returns the row, or all that are possible. */
  public Possible<Row> path() {
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
