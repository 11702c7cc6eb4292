package dev.lintel.explain;

import dev.lintel.explain.Leg.Choice;
import dev.lintel.explain.Leg.Priority;
import dev.lintel.explain.Leg.Ranking;
import dev.lintel.mesh.TrafficDistribution;
import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.Gateway;
import dev.lintel.topology.Displacement;
import dev.lintel.topology.EndpointOrder;
import dev.lintel.topology.Endpoints.Endpoint;
import dev.lintel.topology.Picker;
import dev.lintel.topology.Place;
import dev.lintel.topology.Proxy;
import dev.lintel.topology.Topology;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts into words by what those on a host's path pick the next endpoint. */
final class Choices {

  private static final Statement ZTUNNEL_READS_NONE =
      Statement.known("none: ztunnel reads no DestinationRules");

  private Choices() {}

  /** Returns by what someone picks. */
  static Choice of(Topology topology, Picker picker) {
    Optional<String> displacedBy = displacedBy(picker);
    return new Choice(
        Distributions.mode(picker),
        Distributions.source(picker),
        Distributions.defaultOf(topology, picker),
        displacedBy,
        picker.order().tiers(),
        picker.order().kind(),
        rule(picker),
        picker.rule().map(DestinationRule::ref),
        displacedBy.isPresent() ? List.of() : rankings(topology, picker));
  }

  /** Returns how ztunnel picks a Pod of a waypoint: as it would one of any other Service. */
  static Choice ofWaypointPod(Topology topology, Gateway client, Gateway waypoint) {
    return topology
        .service(waypoint.namespace(), waypoint.name())
        .map(service -> topology.endpoints().pickers(topology.backendOf(service)).atZtunnel(client))
        .map(picker -> of(topology, picker))
        .orElseGet(
            () ->
                new Choice(
                    TrafficDistribution.PREFER_SAME_ZONE.spelling(),
                    "its Service is not known",
                    Optional.of(Distributions.ISTIOD),
                    Optional.empty(),
                    topology.dialect().tiersOf(TrafficDistribution.PREFER_SAME_ZONE),
                    EndpointOrder.Kind.FAILOVER,
                    ZTUNNEL_READS_NONE,
                    Optional.empty(),
                    List.of()));
  }

  /** Says what takes the place of the traffic distribution; the order tells a node's own. */
  static Optional<String> displacedBy(Picker picker) {
    return picker
        .displacement()
        .flatMap(
            displacement ->
                switch (displacement) {
                  case Displacement.ByNodeLocality local -> Optional.empty();
                  case Displacement.ByBackendPolicy(var policy) ->
                      Optional.of("zoneAware of " + policy.ref().spoken());
                  case Displacement.ByRule(var rule, var override, var applies) ->
                      Optional.of(
                          "%s of %s%s"
                              .formatted(
                                  override.spelling(),
                                  rule.ref().spoken(),
                                  applies.isUnknown() ? ", if it is read" : ""));
                });
  }

  private static Statement rule(Picker picker) {
    return switch (picker.proxy()) {
      case Proxy.Ztunnel ztunnel -> ZTUNNEL_READS_NONE;
      case Proxy.Kgateway kgateway when kgateway.leg().kgateway().istioIntegration().isNo() ->
          Statement.known(
              "none: the controller reads no DestinationRules (%s)"
                  .formatted(kgateway.leg().kgateway().istioIntegration().reason()));
      case Proxy.Kgateway kgateway -> applied(picker);
      case Proxy.Waypoint waypoint -> applied(picker);
      case Proxy.IstioIngress ingress -> applied(picker);
      case Proxy.Sidecars sidecars -> applied(picker);
    };
  }

  private static Statement applied(Picker picker) {
    if (picker.rule().isEmpty()) {
      return Statement.known("none for this host");
    }
    String name = picker.rule().get().key().toString();
    return Statement.of(picker.applies(), name, "none", name + ", if it is read");
  }

  /** Where all endpoints are equally close there is nothing to rank. */
  private static List<Ranking> rankings(Topology topology, Picker picker) {
    EndpointOrder order = picker.order();
    List<Endpoint> ready =
        topology.endpoints().of(picker.backend(), picker.reader()).known().stream()
            .filter(Endpoint::ready)
            .toList();
    if (order.tiers().isEmpty() || ready.isEmpty()) {
      return List.of();
    }
    Map<Place, Integer> clients = new LinkedHashMap<>();
    topology
        .podsOf(picker.client())
        .filter(pod -> !pod.metadata().deleting())
        .map(pod -> topology.endpoints().placeOf(pod, picker.reader()))
        .forEach(place -> clients.merge(place, 1, Integer::sum));
    List<Ranking> rankings = new ArrayList<>();
    clients.forEach(
        (place, pods) ->
            order
                .ranks(place, ready)
                .map(ranks -> ranks.stream().map(rank -> priority(order, rank)).toList())
                .map(found -> new Ranking(Words.place(place, order.tiers()), pods, found))
                .ifPresent(rankings::add));
    rankings.sort(Comparator.comparing(Ranking::client));
    return rankings;
  }

  private static Priority priority(EndpointOrder order, EndpointOrder.Rank rank) {
    List<String> places =
        rank.endpoints().stream()
            .map(endpoint -> Words.place(endpoint.place(), order.tiers()))
            .distinct()
            .sorted()
            .toList();
    return new Priority(rank.endpoints().size(), order.agreeing(rank), places);
  }
}
