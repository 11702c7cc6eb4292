package dev.lintel.rule.trafficdistribution;

import dev.lintel.mesh.Since;
import dev.lintel.mesh.Tier;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.Kind;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.Approach;
import dev.lintel.rule.Subject.Host;
import dev.lintel.rule.Subject.OfHosts;
import dev.lintel.topology.EndpointReader;
import dev.lintel.topology.Endpoints;
import dev.lintel.topology.Endpoints.Endpoint;
import dev.lintel.topology.IngressPath;
import dev.lintel.topology.Picker;
import dev.lintel.topology.Place;
import dev.lintel.topology.Topology;
import dev.lintel.topology.WaypointBinding;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A preference for the own zone, with endpoints in a zone in which no Pod of the proxy runs that
 * picks them.
 *
 * <p>Restricted: {@code PreferSameZone}, {@code PreferClose} and {@code PreferSameNode} of a
 * Service or ServiceEntry where a kgateway Gateway or a waypoint picks the Pods. Allowed: where
 * every zone of an endpoint has a ready Pod of the proxy; where some zone of the proxy has no
 * endpoint, so that requests leave it anyway; where places are not known (docs/domain.md, 1.4).
 */
final class ZoneWithoutReader {

  static final Rule RULE =
      Rule.isOff("TD-019", "traffic-distribution-without-reader-in-zone")
          .summary("No proxy that picks the Pods runs in the zone of some of them")
          .reads(Reads.and(Reads.PICKERS, Kind.ENDPOINT_SLICE, Kind.NODE, Kind.WORKLOAD_ENTRY))
          .ofHosts(ZoneWithoutReader::judge);

  private ZoneWithoutReader() {}

  private static Stream<Finding> judge(Topology topology, OfHosts subject) {
    if (Settings.isReadByNobody(subject)) {
      return Stream.empty();
    }
    return Stream.concat(
            subject.approaches().flatMap(approach -> atGateway(topology, approach).stream()),
            subject.hosts().stream().flatMap(host -> atWaypoint(topology, host).stream()))
        .limit(1);
  }

  private static Optional<Finding> atGateway(Topology topology, Approach approach) {
    return approach.leg().certainly(IngressPath::gatewayPicksPod)
        ? finding(topology, approach.host(), approach.picker())
        : Optional.empty();
  }

  private static Optional<Finding> atWaypoint(Topology topology, Host host) {
    return host.backend().hasVip()
            && host.waypoint() instanceof WaypointBinding.Bound(var waypoint, var level)
            && topology.waypoints().isEnvoyOfIstiod(waypoint)
            && !topology.dialect().istiodLacks(Since.MODES_AT_ENVOY)
        ? finding(topology, host, host.pickers().atWaypoint(waypoint))
        : Optional.empty();
  }

  private static Optional<Finding> finding(Topology topology, Host host, Picker picker) {
    if (!picker.mayPrefer() || !picker.mode().tiers().contains(Tier.ZONE)) {
      return Optional.empty();
    }
    Gateway proxy = picker.client();
    EndpointReader reader = picker.reader();
    Endpoints endpoints = topology.endpoints().of(host.backend(), reader);
    List<Place> places =
        endpoints.known().stream().filter(Endpoint::ready).map(Endpoint::place).toList();
    Set<String> covered = zonesOf(topology, proxy, reader);
    Map<String, Long> byZone =
        places.stream()
            .map(place -> place.zone().orElse(""))
            .collect(Collectors.groupingBy(zone -> zone, TreeMap::new, Collectors.counting()));
    boolean isKnown = endpoints.complete().isYes() && !byZone.containsKey("") && !covered.isEmpty();
    if (!isKnown || !byZone.keySet().containsAll(covered)) {
      return Optional.empty();
    }
    return byZone.entrySet().stream()
        .filter(zone -> !covered.contains(zone.getKey()))
        .max(Map.Entry.comparingByValue(Comparator.naturalOrder()))
        .map(zone -> finding(host, proxy, zone.getKey(), zone.getValue(), places.size()));
  }

  /**
   * Returns the zones of a proxy's Pods that serve; empty if there is none, or one is not known.
   */
  private static Set<String> zonesOf(Topology topology, Gateway proxy, EndpointReader reader) {
    Set<String> zones = new HashSet<>();
    topology
        .podsOf(proxy)
        .filter(pod -> !pod.isOut())
        .map(pod -> topology.endpoints().placeOf(pod, reader))
        .forEach(place -> zones.add(place.zone().orElse("")));
    return zones.contains("") ? Set.of() : zones;
  }

  private static Finding finding(Host host, Gateway proxy, String zone, long there, int all) {
    String value =
        host.trafficDistribution()
            .ownValue()
            .or(host.trafficDistribution()::namespaceAnnotation)
            .orElse("");
    return Finding.at(Settings.fieldOf(host.trafficDistribution()))
        .says(
            "no ready Pod of %s runs in zone %s, where %d of %d endpoints are: with `%s` they are"
                + " a reserve",
            proxy.ref().spoken(), zone, there, all, value)
        .because(
            "The proxy prefers endpoints of its own zone. Those of a zone in which it does not run"
                + " get requests from it only when the other zones have none left.")
        .fix("run a Pod of the proxy in that zone, or set no preference")
        .about(value)
        .about(proxy.key().toString())
        .with(proxy);
  }
}
