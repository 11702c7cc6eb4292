package dev.lintel.explain.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.lintel.explain.Explanation;
import dev.lintel.explain.Shops;
import dev.lintel.report.JsonReport.Syntax;
import dev.lintel.resource.Kind;
import dev.lintel.resource.Resource;
import dev.lintel.resource.ResourceRef;
import dev.lintel.topology.Topology;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The stable document that programs read. */
class ExplanationJsonTest {

  private static final String WITH_BOTH =
      Shops.cart(
          "istio.io/use-waypoint: waypoint, istio.io/ingress-use-waypoint: \"true\"",
          "clusterIP: 10.96.40.11");
  private static final String CAPTURED = Shops.gatewayPod(Shops.CAPTURED, "n1");

  private final Topology topology = Shops.of(WITH_BOTH, Shops.WAYPOINT, CAPTURED, Shops.RULE);

  @Test
  void aServiceHasHostsWithReferencesPathsAndRules() throws IOException {
    JsonNode document = json(Shops.explainCart(WITH_BOTH, Shops.WAYPOINT, CAPTURED, Shops.RULE));
    assertThat(document.path("apiVersion").asText()).isEqualTo("lintel.dev/v1");
    assertThat(document.path("kind").asText()).isEqualTo("Explanation");
    assertThat(document.path("object").toString())
        .isEqualTo("{\"kind\":\"Service\",\"namespace\":\"shop\",\"name\":\"cart\"}");
    assertThat(document.at("/installation/kgateways/0/istioIntegration/value").asText())
        .isEqualTo("yes");
    JsonNode host = document.at("/hosts/0");
    assertThat(host.path("host").asText()).isEqualTo("cart.shop.svc.cluster.local");
    assertThat(host.at("/waypoint/state").asText()).isEqualTo("bound");
    assertThat(host.at("/waypoint/gateway/name").asText()).isEqualTo("waypoint");
    assertThat(host.at("/references/0/standing").asText()).isEqualTo("resolved");
    assertThat(host.at("/references/0/gateways/0/listeners/0").asText()).isEqualTo("http");
    assertThat(host.at("/endpoints/complete/value").asText()).isEqualTo("unknown");
    assertThat(document.path("findings").isArray()).isTrue();
  }

  @Test
  void aPathHasReasonsAndLegs() throws IOException {
    JsonNode path =
        json(Shops.explainCart(WITH_BOTH, Shops.WAYPOINT, CAPTURED, Shops.RULE))
            .at("/hosts/0/paths/0");
    assertThat(path.at("/gateway/name").asText()).isEqualTo("front");
    assertThat(path.at("/because/0").toString())
        .isEqualTo("{\"text\":\"ztunnel captures its Pods\",\"certainty\":\"known\"}");
    assertThat(path.at("/entry/from/kind").asText()).isEqualTo("client");
    assertThat(path.at("/entry/to/name").asText()).isEqualTo("Gateway edge/front");
    assertThat(path.at("/entry/pickedBy").asText()).contains("load balancer");
    assertThat(path.path("possibilities")).hasSize(1);
    assertThat(path.at("/possibilities/0/path").asText()).isEqualTo("P5");
    JsonNode legs = path.at("/possibilities/0/legs");
    assertThat(legs).hasSize(3);
    assertThat(legs.at("/0/to/kind").asText()).isEqualTo("address");
    assertThat(legs.at("/0").has("trafficDistribution")).isFalse();
    assertThat(legs.at("/1/trafficDistribution").toString())
        .isEqualTo(
            "{\"mode\":\"PreferSameZone\",\"source\":\"`PreferClose`, annotation of Service"
                + " shop/waypoint\",\"defaultOf\":\"istiod\",\"compares\":[\"network\",\"region\",\"zone\"],\"others\":\"failover\"}");
    assertThat(legs.at("/2/destinationRule/rule/name").asText()).isEqualTo("cart");
  }

  @Test
  void aRuleHasReadersForEachHost() throws IOException {
    JsonNode rule =
        json(Shops.explain(topology, found(Kind.DESTINATION_RULE, "shop", "cart"))).path("rule");
    assertThat(rule.path("host").asText()).isEqualTo("cart.shop.svc.cluster.local");
    assertThat(rule.path("sets")).map(JsonNode::asText).containsExactly("outlierDetection", "tls");
    JsonNode readers = rule.at("/hosts/0/readers");
    assertThat(readers)
        .map(reader -> reader.path("who").asText() + ": " + reader.at("/applies/value").asText())
        .containsExactly("Gateway edge/front: no", "waypoint shop/waypoint: yes", "ztunnel: no");
    assertThat(readers.at("/1/ignores/0").asText()).isEqualTo("tls");
  }

  @Test
  void aGatewayAndARouteHaveTargetsWithArrivals() throws IOException {
    JsonNode gateway =
        json(Shops.explain(topology, found(Kind.GATEWAY, "edge", "front"))).path("gateway");
    assertThat(gateway.path("role").asText()).isEqualTo("kgateway");
    assertThat(gateway.at("/routes/0/targets/0/arrivals/0/paths/0/path").asText()).isEqualTo("P5");
    JsonNode route =
        json(Shops.explain(topology, found(Kind.HTTP_ROUTE, "shop", "cart"))).path("route");
    assertThat(route.at("/targets/0/backend/kind").asText()).isEqualTo("Service");
    assertThat(route.at("/targets/0/reference").asText()).isEqualTo("Service cart:8080");
  }

  @Test
  void yamlIsTheSameDocument() throws IOException {
    Explanation explanation = Shops.explainCart(WITH_BOTH, Shops.WAYPOINT, CAPTURED, Shops.RULE);
    assertThat(
            new YAMLMapper().readTree(Shops.written(new ExplanationJson(Syntax.YAML), explanation)))
        .isEqualTo(json(explanation));
  }

  private Resource found(Kind kind, String namespace, String name) {
    return topology.find(new ResourceRef(kind, namespace, name)).orElseThrow();
  }

  private static JsonNode json(Explanation explanation) throws IOException {
    return new ObjectMapper()
        .readTree(Shops.written(new ExplanationJson(Syntax.JSON), explanation));
  }
}
