package dev.lintel.rule.trafficdistribution;

import dev.lintel.mesh.Keys;
import dev.lintel.mesh.KgatewayDistribution;
import dev.lintel.mesh.Tier;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.Kind;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.Approach;
import dev.lintel.rule.Subject.OfHosts;
import dev.lintel.topology.EndpointReader;
import dev.lintel.topology.Endpoints;
import dev.lintel.topology.Endpoints.Endpoint;
import dev.lintel.topology.IngressPath;
import dev.lintel.topology.Place;
import dev.lintel.topology.Topology;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A mode of which open source kgateway sees less than its name says: regions never, networks only
 * where Pods carry the label.
 *
 * <p>Restricted: a traffic distribution of Service and ServiceEntry where an open source kgateway
 * Gateway picks the Pods. Allowed: where the known endpoints are in one region, and the network is
 * on both sides or on neither (docs/domain.md, 1.4).
 */
final class UnseenTiersAtGateway {

  static final Rule RULE =
      Rule.warns("TD-015", "traffic-distribution-tiers-unseen-by-gateway")
          .summary(
              "The gateway tells zones apart, but not regions, and networks only by the labels of"
                  + " Pods")
          .reads(Reads.and(Reads.PICKERS, Kind.ENDPOINT_SLICE, Kind.NODE, Kind.WORKLOAD_ENTRY))
          .ofHosts(UnseenTiersAtGateway::judge);

  private UnseenTiersAtGateway() {}

  private static Stream<Finding> judge(Topology topology, OfHosts subject) {
    if (Settings.isReadByNobody(subject)) {
      return Stream.empty();
    }
    return subject
        .approaches()
        .filter(UnseenTiersAtGateway::decides)
        .flatMap(approach -> unseen(topology, approach).stream());
  }

  private static boolean decides(Approach approach) {
    return approach.leg().kgateway().distribution() == KgatewayDistribution.OPEN_SOURCE
        && approach.leg().certainly(IngressPath::gatewayPicksPod)
        && approach.picker().mayPrefer();
  }

  private static Optional<Finding> unseen(Topology topology, Approach approach) {
    Endpoints endpoints =
        topology.endpoints().of(approach.host().backend(), EndpointReader.KGATEWAY);
    if (endpoints.count() < 2) {
      return Optional.empty();
    }
    return oneSidedNetwork(topology, approach, endpoints)
        .or(() -> severalRegions(approach, endpoints));
  }

  private static Optional<Finding> severalRegions(Approach approach, Endpoints endpoints) {
    Set<String> regions =
        endpoints.places().stream()
            .flatMap(place -> place.region().stream())
            .filter(region -> !region.isEmpty())
            .collect(Collectors.toCollection(TreeSet::new));
    boolean comparesRegions =
        approach.host().trafficDistribution().atKgateway().tiers().contains(Tier.REGION);
    if (!comparesRegions || regions.size() < 2) {
      return Optional.empty();
    }
    return Optional.of(
        finding(approach)
            .says(
                "%s tells zones apart, not regions: with `%s` Pods of %s tie outside its own zone",
                gateway(approach).ref().spoken(), value(approach), String.join(" and ", regions))
            .because(
                "kgateway compares regions by a label that Nodes no longer carry. It is absent on"
                    + " both sides and thus equal, so an endpoint of another region is as close as"
                    + " one of another zone.")
            .fix("send ingress through a waypoint, which compares regions")
            .about("region"));
  }

  /** A network on one side only differs from every other, and nothing after it is compared. */
  private static Optional<Finding> oneSidedNetwork(
      Topology topology, Approach approach, Endpoints endpoints) {
    List<Place> pods =
        topology
            .podsOf(gateway(approach))
            .map(pod -> topology.endpoints().placeOf(pod, EndpointReader.KGATEWAY))
            .toList();
    boolean onGateway =
        !pods.isEmpty() && pods.stream().allMatch(UnseenTiersAtGateway::isNetworked);
    boolean offGateway =
        !pods.isEmpty() && pods.stream().noneMatch(UnseenTiersAtGateway::isNetworked);
    boolean onAll = endpoints.places().stream().allMatch(UnseenTiersAtGateway::isNetworked);
    boolean onNone = endpoints.places().stream().noneMatch(UnseenTiersAtGateway::isNetworked);
    if (onGateway && onNone) {
      return Optional.of(assuming(networked(approach, "the Gateway's Pods"), endpoints));
    }
    return offGateway && onAll
        ? Optional.of(networked(approach, "the endpoints"))
        : Optional.empty();
  }

  private static boolean isNetworked(Place place) {
    return place.get(Tier.NETWORK).filter(network -> !network.isEmpty()).isPresent();
  }

  private static Finding assuming(Finding finding, Endpoints endpoints) {
    return endpoints.known().stream().map(Endpoint::labels).allMatch(Optional::isPresent)
        ? finding
        : finding.fact("Pods whose labels are not known are taken to carry no network");
  }

  private static Finding networked(Approach approach, String side) {
    return finding(approach)
        .says(
            "`%s` prefers nothing at %s: only %s carry %s",
            value(approach), gateway(approach).ref().spoken(), side, Keys.NETWORK)
        .because(
            "kgateway compares the network first, by the labels of Pods. On one side only it never"
                + " matches, and neither zone nor node is compared after it.")
        .fix("put the label on both sides or on neither")
        .about("network");
  }

  private static Finding finding(Approach approach) {
    return Finding.at(Settings.fieldOf(approach.host().trafficDistribution()))
        .about(value(approach))
        .about(gateway(approach).key().toString())
        .with(gateway(approach))
        .fact("%s", Settings.path(approach.leg()));
  }

  private static Gateway gateway(Approach approach) {
    return approach.leg().gateway();
  }

  private static String value(Approach approach) {
    return approach.host().trafficDistribution().ownValue().orElse("");
  }
}
