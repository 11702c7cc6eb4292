package dev.lintel.topology;

import dev.lintel.mesh.Dialect;
import dev.lintel.mesh.Since;
import dev.lintel.mesh.Tier;
import dev.lintel.mesh.TrafficDistribution;
import dev.lintel.topology.Endpoints.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * In which order a reader takes the endpoints of a backend, by its traffic distribution or by what
 * takes its place (docs/domain.md, 1.3 and 1.4), DestinationRules apart.
 *
 * @param tiers what is compared, one after the other; empty if all endpoints are equally close
 * @param kind what becomes of endpoints that differ
 * @param isNetworkPreferred whether another network only comes later instead of ending the
 *     comparison
 */
public record EndpointOrder(List<Tier> tiers, Kind kind, boolean isNetworkPreferred) {

  private static final EndpointOrder PASSTHROUGH =
      new EndpointOrder(List.of(), Kind.PASSTHROUGH, false);
  private static final EndpointOrder NONE = new EndpointOrder(List.of(), Kind.FAILOVER, false);
  private static final EndpointOrder NODE_ONLY =
      new EndpointOrder(List.of(Tier.NODE), Kind.STRICT, false);

  /** Copies the list, so that the record is immutable. */
  public EndpointOrder {
    tiers = List.copyOf(tiers);
  }

  /** What becomes of endpoints that differ from the client. */
  public enum Kind {
    /** They serve when no closer one is left. */
    FAILOVER,
    /** They never serve. */
    STRICT,
    /** Nobody chooses: the request goes where its sender addressed it. */
    PASSTHROUGH
  }

  /**
   * Endpoints that are equally close to a client.
   *
   * @param closeness the closer the higher, 0 or more
   * @param endpoints the endpoints; never empty
   */
  public record Rank(int closeness, List<Endpoint> endpoints) {
    /** Copies the list, so that the record is immutable. */
    public Rank {
      endpoints = List.copyOf(endpoints);
    }
  }

  static EndpointOrder of(
      Dialect dialect,
      Backend backend,
      EndpointReader reader,
      EffectiveTrafficDistribution mode,
      Optional<Displacement> displacement) {
    if (isPassthrough(backend)) {
      return PASSTHROUGH;
    }
    EndpointOrder byMode =
        new EndpointOrder(
            reader.isKgateway() ? atKgateway(mode.atKgateway()) : dialect.tiersOf(mode.atIstiod()),
            Kind.FAILOVER,
            prefersNetwork(dialect, reader));
    return displacement
        .map(
            displaced ->
                switch (displaced) {
                  case Displacement.ByNodeLocality local -> NODE_ONLY;
                  case Displacement.ByBackendPolicy policy -> NONE;
                  case Displacement.ByRule rule -> byMode;
                })
        .orElse(byMode);
  }

  private static boolean isPassthrough(Backend backend) {
    return backend instanceof Backend.OfEntry(var entry, var host, var written)
        && entry.isPassthrough();
  }

  /**
   * Returns the endpoints in groups, the closest first. Those that a strict order excludes are left
   * out.
   *
   * @return empty if it is not known how close some endpoint is
   */
  public Optional<List<Rank>> ranks(Place client, List<Endpoint> endpoints) {
    Map<Integer, List<Endpoint>> byCloseness = new TreeMap<>();
    for (Endpoint endpoint : endpoints) {
      Optional<Integer> closeness = closeness(client, endpoint.place());
      if (closeness.isEmpty()) {
        return Optional.empty();
      }
      if (kind != Kind.STRICT || closeness.get() == tiers.size()) {
        byCloseness.computeIfAbsent(closeness.get(), ignored -> new ArrayList<>()).add(endpoint);
      }
    }
    List<Rank> ranks = new ArrayList<>();
    byCloseness.forEach((closeness, found) -> ranks.addFirst(new Rank(closeness, found)));
    return Optional.of(List.copyOf(ranks));
  }

  /** Returns the tiers in which the endpoints of a rank are where the client is. */
  public List<Tier> agreeing(Rank rank) {
    if (!skipsNetwork()) {
      return tiers.subList(0, Math.min(rank.closeness(), tiers.size()));
    }
    List<Tier> rest = tiers.subList(1, tiers.size());
    boolean isSameNetwork = rank.closeness() >= tiers.size();
    return isSameNetwork
        ? tiers.subList(0, 1 + rank.closeness() - tiers.size())
        : rest.subList(0, rank.closeness());
  }

  private boolean skipsNetwork() {
    return isNetworkPreferred && !tiers.isEmpty() && tiers.getFirst() == Tier.NETWORK;
  }

  /**
   * Tells how close an endpoint is: how many tiers agree before the first that does not. Where the
   * network is only preferred, every endpoint of the same network comes before every other.
   *
   * @return empty if a tier that decides is not known
   */
  public Optional<Integer> closeness(Place client, Place endpoint) {
    if (!skipsNetwork()) {
      return agreeing(tiers, client, endpoint);
    }
    Optional<Boolean> sameNetwork = agrees(Tier.NETWORK, client, endpoint);
    return agreeing(tiers.subList(1, tiers.size()), client, endpoint)
        .flatMap(rest -> sameNetwork.map(same -> same ? tiers.size() + rest : rest));
  }

  private static Optional<Integer> agreeing(List<Tier> tiers, Place client, Place endpoint) {
    int count = 0;
    for (Tier tier : tiers) {
      Optional<Boolean> agrees = agrees(tier, client, endpoint);
      if (agrees.isEmpty()) {
        return Optional.empty();
      }
      if (!agrees.get()) {
        return Optional.of(count);
      }
      count++;
    }
    return Optional.of(count);
  }

  private static Optional<Boolean> agrees(Tier tier, Place client, Place endpoint) {
    return client.get(tier).flatMap(here -> endpoint.get(tier).map(here::equals));
  }

  /** Up to 1.30 an Envoy takes an endpoint of another network last, even in the same zone. */
  private static boolean prefersNetwork(Dialect dialect, EndpointReader reader) {
    return switch (reader) {
      case ZTUNNEL -> true;
      case ISTIOD_PROXY -> !dialect.istiodLacks(Since.NETWORK_PREFERRED);
      case KGATEWAY, ENTERPRISE_KGATEWAY -> false;
    };
  }

  /** The region is compared by a label that nothing carries any more, so it separates nothing. */
  private static List<Tier> atKgateway(TrafficDistribution mode) {
    return mode.tiers().stream().filter(tier -> tier != Tier.REGION).toList();
  }
}
