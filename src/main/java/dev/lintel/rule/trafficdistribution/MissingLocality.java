package dev.lintel.rule.trafficdistribution;

import dev.lintel.mesh.KgatewayDistribution;
import dev.lintel.mesh.Locality;
import dev.lintel.mesh.Tier;
import dev.lintel.resource.Kind;
import dev.lintel.resource.ResourceRef;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.Approach;
import dev.lintel.rule.Subject.Host;
import dev.lintel.rule.Subject.OfHosts;
import dev.lintel.topology.Backend;
import dev.lintel.topology.EndpointReader;
import dev.lintel.topology.Endpoints;
import dev.lintel.topology.IngressPath;
import dev.lintel.topology.NodeLocalities;
import dev.lintel.topology.Place;
import dev.lintel.topology.Topology;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A mode that compares zones, regions or networks where nothing tells them: what is absent on both
 * sides is equal, so near and far cannot be told apart.
 *
 * <p>Restricted: {@code PreferSameZone}, {@code PreferClose}, {@code PreferRegion} and {@code
 * PreferNetwork} on Service and ServiceEntry. Allowed: where the endpoints tell what the mode
 * compares or, as long as they are not known, half of the Nodes do; where Nodes are not known; and
 * {@code PreferSameNode}, which needs no labels (docs/domain.md, 1.4).
 */
final class MissingLocality {

  static final Rule RULE =
      Rule.warns("TD-010", "traffic-distribution-without-locality")
          .summary("Nothing tells where endpoints are, so all of them are equally close")
          .reads(
              Reads.and(
                  Reads.PICKERS, Kind.ENDPOINT_SLICE, Kind.NODE, Kind.WORKLOAD_ENTRY, Kind.SEGMENT))
          .ofHosts(MissingLocality::judge);

  private MissingLocality() {}

  private static Stream<Finding> judge(Topology topology, OfHosts subject) {
    if (Settings.isReadByNobody(subject)) {
      return Stream.empty();
    }
    Stream<Finding> missing =
        subject.hosts().stream().flatMap(host -> missing(topology, host).stream());
    Stream<Finding> podless =
        subject.approaches().flatMap(approach -> ofPodless(topology, approach).stream());
    return Stream.concat(missing, podless).limit(1);
  }

  /** kgateway takes places from Pods alone, whatever the slices of a Service say of theirs. */
  private static Optional<Finding> ofPodless(Topology topology, Approach approach) {
    Host host = approach.host();
    boolean decides =
        host.backend() instanceof Backend.OfService(var service, var name)
            && service.selector().isEmpty()
            && Settings.asked(topology, host.trafficDistribution()).isPresent()
            && approach.leg().kgateway().distribution() == KgatewayDistribution.OPEN_SOURCE
            && approach.leg().certainly(IngressPath::gatewayPicksPod)
            && approach.picker().mayPrefer()
            && approach.picker().mode().tiers().contains(Tier.ZONE);
    if (!decides) {
      return Optional.empty();
    }
    Endpoints endpoints = topology.endpoints().of(host.backend(), EndpointReader.KGATEWAY);
    boolean isNowhere =
        endpoints.places().stream()
            .allMatch(place -> isBlank(place, Tier.ZONE) && isBlank(place, Tier.NODE));
    return endpoints.complete().isYes() && endpoints.inUse() > 1 && isNowhere
        ? Optional.of(podless(approach))
        : Optional.empty();
  }

  private static Finding podless(Approach approach) {
    return Finding.at(Settings.fieldOf(approach.host().trafficDistribution()))
        .says(
            "`%s` ranks nothing at %s: the EndpointSlices of this Service name no Pod",
            value(approach.host()), approach.leg().gateway().ref().spoken())
        .because(
            "kgateway asks the Pod that a slice names for its Node, and the Node's labels for the"
                + " place. The zone that a slice tells is not read, so all these endpoints are"
                + " equally close.")
        .fix("name the Pods in `targetRef`, or send ingress through a waypoint")
        .about(value(approach.host()))
        .with(approach.leg().gateway())
        .fact("%s", Settings.path(approach.leg()));
  }

  private static Optional<Finding> missing(Topology topology, Host host) {
    return Settings.asked(topology, host.trafficDistribution())
        .flatMap(
            mode ->
                switch (mode) {
                  case PREFER_SAME_ZONE -> unplaced(topology, host, Tier.ZONE);
                  case PREFER_REGION -> unplaced(topology, host, Tier.REGION);
                  case PREFER_NETWORK -> withoutNetwork(topology, host);
                  case PREFER_SAME_NODE, ANY -> Optional.empty();
                });
  }

  private static Optional<Finding> unplaced(Topology topology, Host host, Tier tier) {
    Endpoints endpoints = topology.endpoints().of(host.backend(), EndpointReader.ISTIOD_PROXY);
    boolean isEntry = host.backend() instanceof Backend.OfEntry;
    if (endpoints.complete().isYes() && endpoints.count() > 0) {
      List<Place> places = endpoints.places();
      long lacking = places.stream().filter(place -> lacks(place, tier, places)).count();
      return lacking > 0 && places.size() > 1
          ? Optional.of(
              isEntry ? ofEntry(host, tier, lacking, places) : ofPods(host, tier, lacking, places))
          : Optional.empty();
    }
    return isEntry ? Optional.empty() : ofNodes(topology.endpoints().nodeLocalities(), host, tier);
  }

  /** A region that nobody has separates nothing, and zones are compared all the same. */
  private static boolean lacks(Place place, Tier tier, List<Place> places) {
    return isBlank(place, tier)
        || (tier == Tier.ZONE
            && isBlank(place, Tier.REGION)
            && places.stream().flatMap(p -> p.region().stream()).anyMatch(r -> !r.isEmpty()));
  }

  private static boolean isBlank(Place place, Tier tier) {
    return place.get(tier).filter(String::isEmpty).isPresent();
  }

  private static Finding ofPods(Host host, Tier tier, long lacking, List<Place> places) {
    return finding(host, tier)
        .says(
            "`%s` compares %ss, but the Nodes of %d of %d endpoints lack their topology labels",
            value(host), tier, lacking, places.size())
        .fix("label the Nodes with %s", labels());
  }

  private static Finding ofEntry(Host host, Tier tier, long lacking, List<Place> places) {
    return finding(host, tier)
        .says(
            "`%s` compares %ss, but %d of %d endpoints do not tell theirs",
            value(host), tier, lacking, places.size())
        .fix("write the locality of each endpoint as region/zone");
  }

  private static Optional<Finding> ofNodes(NodeLocalities nodes, Host host, Tier tier) {
    int lacking =
        nodes.counts().entrySet().stream()
            .filter(entry -> lacks(entry.getKey(), tier, nodes))
            .mapToInt(Map.Entry::getValue)
            .sum();
    return lacking * 2 > nodes.nodes()
        ? Optional.of(
            finding(host, tier)
                .says(
                    "`%s` compares %ss, but %d of %d Nodes lack their topology labels",
                    value(host), tier, lacking, nodes.nodes())
                .fix("label the Nodes with %s", labels()))
        : Optional.empty();
  }

  private static boolean lacks(Locality locality, Tier tier, NodeLocalities nodes) {
    return tier == Tier.REGION
        ? locality.region().isEmpty()
        : locality.zone().isEmpty() || (locality.region().isEmpty() && !nodes.regions().isEmpty());
  }

  /** kgateway looks at labels of Pods, which TD-015 speaks of. */
  private static Optional<Finding> withoutNetwork(Topology topology, Host host) {
    return topology.dialect().isSolo() && topology.peering().hasNetwork().isNo()
        ? Optional.of(
            finding(host, Tier.NETWORK)
                .says(
                    "`%s` compares networks, but Namespace %s names none",
                    value(host), topology.platform().rootNamespace())
                .fix("label the Namespace with %s", Tier.NETWORK.label())
                .with(new ResourceRef(Kind.NAMESPACE, "", topology.platform().rootNamespace())))
        : Optional.empty();
  }

  private static Finding finding(Host host, Tier tier) {
    return Finding.at(Settings.fieldOf(host.trafficDistribution()))
        .because(
            "A proxy compares its own %s with that of each endpoint. What is absent on both sides"
                + " is equal, and what is absent on one side differs, so near and far cannot be"
                + " told apart.",
            tier)
        .about(value(host));
  }

  private static String value(Host host) {
    return host.trafficDistribution().ownValue().orElse("");
  }

  private static String labels() {
    return Tier.REGION.label() + " and " + Tier.ZONE.label();
  }
}
