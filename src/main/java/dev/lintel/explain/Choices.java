package dev.lintel.explain;

import dev.lintel.explain.Leg.Choice;
import dev.lintel.explain.Leg.Priority;
import dev.lintel.explain.Leg.Ranking;
import dev.lintel.mesh.Fact;
import dev.lintel.mesh.TrafficDistribution;
import dev.lintel.resource.BackendConfigPolicy;
import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.ResourceRef;
import dev.lintel.topology.Backend;
import dev.lintel.topology.EffectiveTrafficDistribution;
import dev.lintel.topology.EffectiveTrafficDistribution.Reading;
import dev.lintel.topology.EndpointOrder;
import dev.lintel.topology.EndpointReader;
import dev.lintel.topology.Endpoints;
import dev.lintel.topology.Endpoints.Endpoint;
import dev.lintel.topology.IngressLeg;
import dev.lintel.topology.IngressPath;
import dev.lintel.topology.LocalityOverride;
import dev.lintel.topology.Place;
import dev.lintel.topology.Topology;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells by what those on a host's path pick the next endpoint (docs/domain.md, 1.3 and 1.4). */
final class Choices {

  private static final Statement ZTUNNEL_READS_NONE =
      Statement.known("none: ztunnel reads no DestinationRules");

  private final Topology topology;
  private final Backend backend;
  private final EffectiveTrafficDistribution distribution;

  Choices(Topology topology, Backend backend) {
    this.topology = topology;
    this.backend = backend;
    this.distribution = topology.trafficDistributionOf(backend);
  }

  /** Returns how a Gateway picks that picks Pods itself. */
  Choice atKgateway(IngressLeg leg) {
    EndpointReader reader = EndpointReader.of(leg.kgateway().distribution());
    Optional<DestinationRule> rule =
        leg.kgateway().istioIntegration().isNo()
            ? Optional.empty()
            : topology.ruleAtKgateway(leg.gateway(), backend);
    Fact applies = rule.map(found -> applies(leg, found)).orElse(Fact.no());
    Optional<String> displacedBy =
        zoneAwarePolicy()
            .or(
                () ->
                    rule.filter(found -> !applies.isNo())
                        .flatMap(
                            found ->
                                LocalityOverride.atKgateway(found, backend)
                                    .map(override -> displacing(override, found, applies))));
    return choice(
        distribution.byKgateway(),
        reader,
        displacedBy,
        ruleAtKgateway(leg, rule, applies),
        rule,
        leg.gateway());
  }

  /** Returns how ztunnel picks an endpoint for what a Gateway sends to the host's address. */
  Choice atZtunnel(Gateway gateway) {
    return choice(
        distribution.byIstiod(),
        EndpointReader.ZTUNNEL,
        Optional.empty(),
        ZTUNNEL_READS_NONE,
        Optional.empty(),
        gateway);
  }

  /** Returns how a waypoint picks. */
  Choice atWaypoint(Gateway waypoint) {
    Optional<DestinationRule> rule =
        topology.lookUpRule(waypoint.namespace(), backend).policyAtWaypoint();
    Optional<String> displacedBy =
        rule.flatMap(
            found ->
                LocalityOverride.atWaypoint(topology, found, backend)
                    .map(override -> displacing(override, found, Fact.yes())));
    return choice(
        distribution.byIstiod(),
        EndpointReader.ISTIOD_PROXY,
        displacedBy,
        Statement.known(rule.map(found -> found.key().toString()).orElse("none for this host")),
        rule,
        waypoint);
  }

  /** Returns how ztunnel picks a Pod of a waypoint: as it would one of any other Service. */
  Choice ofWaypointPod(Gateway gateway, Gateway waypoint) {
    return topology
        .service(waypoint.namespace(), waypoint.name())
        .map(service -> new Choices(topology, topology.backendOf(service)).atZtunnel(gateway))
        .orElseGet(
            () ->
                new Choice(
                    TrafficDistribution.PREFER_SAME_ZONE.spelling(),
                    "istiod's default for a waypoint; its Service is not known",
                    Optional.empty(),
                    topology.dialect().tiersOf(TrafficDistribution.PREFER_SAME_ZONE),
                    EndpointOrder.Kind.FAILOVER,
                    ZTUNNEL_READS_NONE,
                    Optional.empty(),
                    List.of()));
  }

  /** Returns the rule whose outlier detection kgateway puts on the one address that it sends to. */
  Optional<ResourceRef> ruleOnAddress(IngressLeg leg) {
    return leg.kgateway().istioIntegration().isNo()
        ? Optional.empty()
        : topology
            .ruleAtKgateway(leg.gateway(), backend)
            .filter(rule -> rule.trafficPolicy().flatMap(p -> p.outlierDetection()).isPresent())
            .map(DestinationRule::ref);
  }

  /** Tells whether a Gateway that picks Pods itself is known to find none that is ready. */
  boolean isEmptyAtKgateway(IngressLeg leg) {
    Endpoints endpoints =
        topology.endpointsOf(backend, EndpointReader.of(leg.kgateway().distribution()));
    return endpoints.complete().isYes() && endpoints.known().stream().noneMatch(Endpoint::ready);
  }

  private Fact applies(IngressLeg leg, DestinationRule rule) {
    return leg.certainly(IngressPath::gatewayPicksPod)
        ? topology.readersOf(rule, backend).legs().stream()
            .filter(reading -> reading.leg().gateway().equals(leg.gateway()))
            .map(reading -> reading.applies())
            .findFirst()
            .orElse(Fact.no())
        : leg.kgateway().istioIntegration();
  }

  private static Statement ruleAtKgateway(
      IngressLeg leg, Optional<DestinationRule> rule, Fact applies) {
    Fact integration = leg.kgateway().istioIntegration();
    if (integration.isNo()) {
      return Statement.known(
          "none: the controller reads no DestinationRules (%s)".formatted(integration.reason()));
    }
    if (rule.isEmpty()) {
      return Statement.known("none for this host");
    }
    String name = rule.get().key().toString();
    return Statement.of(applies, name, "none", name + ", if it is read");
  }

  private Optional<String> zoneAwarePolicy() {
    return topology.backendPoliciesFor(backend).stream()
        .filter(BackendConfigPolicy::hasZoneAware)
        .findFirst()
        .map(policy -> "zoneAware of " + policy.ref().spoken());
  }

  private static String displacing(LocalityOverride override, DestinationRule rule, Fact applies) {
    String text = "%s of %s".formatted(override.spelling(), rule.ref().spoken());
    return applies.isUnknown() ? text + ", if it is read" : text;
  }

  private Choice choice(
      Reading reading,
      EndpointReader reader,
      Optional<String> displacedBy,
      Statement rule,
      Optional<DestinationRule> ref,
      Gateway picker) {
    EndpointOrder order = topology.endpointOrder(backend, reader);
    return new Choice(
        mode(order, reading),
        source(order, reading),
        displacedBy,
        order.tiers(),
        order.kind(),
        rule,
        ref.map(DestinationRule::ref),
        displacedBy.isPresent() ? List.of() : rankings(order, reader, picker));
  }

  private static String mode(EndpointOrder order, Reading reading) {
    return switch (order.kind()) {
      case FAILOVER -> reading.mode().spelling();
      case STRICT -> "this node or nothing";
      case PASSTHROUGH -> "none: requests are passed through";
    };
  }

  private String source(EndpointOrder order, Reading reading) {
    return switch (order.kind()) {
      case STRICT -> "internalTrafficPolicy: Local";
      case PASSTHROUGH -> "resolution: NONE";
      case FAILOVER -> Distributions.source(distribution, reading, backend);
    };
  }

  /** Where all endpoints are equally close there is nothing to rank. */
  private List<Ranking> rankings(EndpointOrder order, EndpointReader reader, Gateway picker) {
    List<Endpoint> ready =
        topology.endpointsOf(backend, reader).known().stream().filter(Endpoint::ready).toList();
    if (order.tiers().isEmpty() || ready.isEmpty()) {
      return List.of();
    }
    Map<Place, Integer> clients = new LinkedHashMap<>();
    topology
        .podsOf(picker)
        .filter(pod -> !pod.metadata().deleting())
        .map(pod -> topology.placeOf(pod, reader))
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
    return new Priority(rank.endpoints().size(), places);
  }
}
