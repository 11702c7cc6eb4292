package dev.lintel.topology;

import static dev.lintel.mesh.Tier.NETWORK;
import static dev.lintel.mesh.Tier.REGION;
import static dev.lintel.mesh.Tier.ZONE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.mesh.Tier;
import dev.lintel.topology.EndpointOrder.Rank;
import dev.lintel.topology.Endpoints.Endpoint;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EndpointOrderTest {

  private static final List<Tier> TIERS = List.of(NETWORK, REGION, ZONE);
  private static final Place CLIENT = place("north", "eu", "eu-a");

  /** ztunnel: network and region in common come before a zone of another network. */
  @Test
  void ranksTellTheTiersInCommonWhereTheNetworkIsPreferred() {
    assertThat(agreeing(true))
        .containsExactly(
            List.of(NETWORK, REGION, ZONE),
            List.of(NETWORK, REGION),
            List.of(NETWORK),
            List.of(REGION, ZONE),
            List.of(REGION),
            List.of());
  }

  /** An Envoy up to 1.30: another network ends the comparison. */
  @Test
  void ranksTellTheTiersInCommonWhereTheFirstDifferenceEndsTheComparison() {
    assertThat(agreeing(false))
        .containsExactly(
            List.of(NETWORK, REGION, ZONE), List.of(NETWORK, REGION), List.of(NETWORK), List.of());
  }

  private static List<List<Tier>> agreeing(boolean isNetworkPreferred) {
    EndpointOrder order = new EndpointOrder(TIERS, EndpointOrder.Kind.FAILOVER, isNetworkPreferred);
    List<Rank> ranks =
        order
            .ranks(
                CLIENT,
                List.of(
                    at("north", "us", "us-a"),
                    at("south", "us", "us-a"),
                    at("south", "eu", "eu-a"),
                    at("north", "eu", "eu-a"),
                    at("south", "eu", "eu-b"),
                    at("north", "eu", "eu-b")))
            .orElseThrow();
    return ranks.stream().map(order::agreeing).toList();
  }

  private static Endpoint at(String network, String region, String zone) {
    return new Endpoint(place(network, region, zone), true, true, Optional.empty());
  }

  private static Place place(String network, String region, String zone) {
    return Place.UNKNOWN.with(NETWORK, network).with(REGION, region).with(ZONE, zone);
  }
}
