package dev.lintel.rule.destinationrule;

import dev.lintel.mesh.Fact;
import dev.lintel.mesh.Keys;
import dev.lintel.mesh.Tier;
import dev.lintel.resource.Service;
import dev.lintel.topology.Backend;
import dev.lintel.topology.Endpoints;
import dev.lintel.topology.GatewayRole;
import dev.lintel.topology.Place;
import dev.lintel.topology.Topology;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which labels and places the endpoints of a host have, as far as that is known.
 *
 * @param places where the endpoints are, Nodes aside, each place once; empty if not all are known
 * @param labels the labels of those workloads that are known, each set once
 * @param isOneCluster whether no other cluster can have endpoints of the host
 * @param arePods whether the endpoints are Pods of a Service
 */
record Carried(
    List<Place> places, Set<Map<String, String>> labels, boolean isOneCluster, boolean arePods) {

  private static final Set<String> SET_BY_ISTIOD = Set.of(Keys.NETWORK, Keys.CLUSTER);
  private static final Set<String> OF_THE_NODE = Set.of(Keys.SUBZONE, Keys.NODE_HOSTNAME);

  private static final Set<String> PLACE_PREFIXES =
      Set.of("topology.kubernetes.io/", "topology.istio.io/", "failure-domain.beta.kubernetes.io/");

  /** Returns what the endpoints of a backend carry. */
  static Carried by(Topology topology, Backend backend) {
    Optional<Endpoints> endpoints =
        topology.endpoints().of(backend).filter(found -> found.count() > 0);
    return new Carried(
        endpoints.map(Carried::places).orElse(List.of()),
        endpoints
            .<Set<Map<String, String>>>map(found -> Set.copyOf(found.labels()))
            .orElse(Set.of()),
        isOneCluster(topology, backend),
        backend instanceof Backend.OfService);
  }

  private static List<Place> places(Endpoints endpoints) {
    return endpoints.places().stream().map(place -> place.with(Tier.NODE, "")).distinct().toList();
  }

  private static boolean isOneCluster(Topology topology, Backend backend) {
    boolean isPeered =
        backend.resource() instanceof Service service && topology.scopes().mayBePeered(service);
    return !isPeered
        && Stream.of(GatewayRole.REMOTE_PEER, GatewayRole.EAST_WEST)
            .flatMap(topology::gatewaysOf)
            .findAny()
            .isEmpty();
  }

  /**
   * Tells whether some endpoint has a label for a proxy fed by istiod, which adds network and
   * cluster itself.
   *
   * @param written a label of {@code failoverPriority}, with or without a value
   */
  Fact labelAtIstiod(String written) {
    return SET_BY_ISTIOD.contains(key(written))
        ? Fact.unknown("istiod sets the label")
        : label(written);
  }

  /** Tells whether some endpoint has a label for kgateway, which adds places only to Pods. */
  Fact labelAtKgateway(String written) {
    if (!SET_BY_ISTIOD.contains(key(written))) {
      return label(written);
    }
    return arePods
        ? Fact.of(isOnSome(written))
        : Fact.unknown("an entry's endpoints have networks");
  }

  private Fact label(String written) {
    return switch (key(written)) {
      case Keys.NETWORK, Keys.CLUSTER -> Fact.unknown("istiod may set the label");
      case Keys.REGION -> ofPlaces(Place::region, written);
      case Keys.ZONE -> ofPlaces(Place::zone, written);
      case String key when OF_THE_NODE.contains(key) -> Fact.unknown("it is the node's");
      default ->
          arePods && isPlaceNobodySets(written) ? Fact.of(isOnSome(written)) : ofWorkloads(written);
    };
  }

  /** What looks like a place but is none of those that Kubernetes, istiod or kgateway know. */
  private static boolean isPlaceNobodySets(String written) {
    return PLACE_PREFIXES.stream().anyMatch(written::startsWith);
  }

  private Fact ofPlaces(Function<Place, Optional<String>> part, String written) {
    List<Optional<String>> parts = places.stream().map(part).toList();
    if (parts.stream().flatMap(Optional::stream).anyMatch(value -> matches(written, value))) {
      return Fact.yes();
    }
    return parts.isEmpty() || !isOneCluster || parts.stream().anyMatch(Optional::isEmpty)
        ? Fact.unknown("the places of the endpoints are not known")
        : Fact.no();
  }

  private Fact ofWorkloads(String written) {
    if (isOnSome(written)) {
      return Fact.yes();
    }
    return isOneCluster && !labels.isEmpty()
        ? Fact.no()
        : Fact.unknown("the labels of the endpoints are not known");
  }

  private boolean isOnSome(String written) {
    return labels.stream().anyMatch(own -> matches(written, own.getOrDefault(key(written), "")));
  }

  /**
   * Tells whether some endpoint lies in a region, or in a zone of one.
   *
   * @param place {@code region}, {@code region/zone} or {@code region/zone/subzone}; a star stands
   *     for any
   */
  Fact place(String place) {
    String[] wanted = place.split("/", -1);
    List<Fact> matches = places.stream().map(found -> liesIn(found, wanted)).toList();
    if (matches.stream().anyMatch(Fact::isYes)) {
      return Fact.yes();
    }
    return places.isEmpty() || !isOneCluster || matches.stream().anyMatch(Fact::isUnknown)
        ? Fact.unknown("the places of the endpoints are not known")
        : Fact.no();
  }

  private static Fact liesIn(Place place, String[] wanted) {
    Fact region = equal(wanted[0], place.region());
    return region.isYes() && wanted.length > 1 ? equal(wanted[1], place.zone()) : region;
  }

  private static Fact equal(String wanted, Optional<String> actual) {
    if (wanted.equals("*")) {
      return Fact.yes();
    }
    return actual.map(value -> Fact.of(value.equals(wanted))).orElse(Fact.unknown("not known"));
  }

  /** Returns the regions of the endpoints as a sentence names them. */
  String spokenRegions() {
    String regions =
        places.stream()
            .map(Place::region)
            .flatMap(Optional::stream)
            .filter(region -> !region.isEmpty())
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    return regions.isEmpty() ? "no region" : regions;
  }

  private static String key(String written) {
    int equals = written.indexOf('=');
    return equals < 0 ? written : written.substring(0, equals);
  }

  /** Without a value of its own a label matches whatever is there. */
  private static boolean matches(String written, String actual) {
    int equals = written.indexOf('=');
    return equals < 0 ? !actual.isEmpty() : written.substring(equals + 1).equals(actual);
  }
}
