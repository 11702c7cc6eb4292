package dev.lintel.explain.picture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.explain.Explainer;
import dev.lintel.explain.Shops;
import dev.lintel.explain.json.PictureJson;
import dev.lintel.judge.Judge;
import dev.lintel.policy.Policy;
import dev.lintel.topology.Topology;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The whole ingress topology, or a namespace's, as a picture. */
class TopologyPictureTest {

  private static final String BOTH =
      "istio.io/use-waypoint: waypoint, istio.io/ingress-use-waypoint: \"true\"";
  private static final String WITH_BOTH = Shops.cart(BOTH, "clusterIP: 10.96.40.11");
  private static final String WITH_WAYPOINT =
      Shops.cart("istio.io/use-waypoint: waypoint", "clusterIP: 10.96.40.11");
  private static final String PLAIN = Shops.cart("app: cart", "clusterIP: 10.96.40.11");
  private static final String CAPTURED = Shops.gatewayPod(Shops.CAPTURED, "n1");

  @Test
  void aHostBehindAWaypointIsReachedThroughIt() {
    assertThat(edges(draw(WITH_BOTH, Shops.WAYPOINT, CAPTURED, Shops.RULE)))
        .containsExactly(
            "Gateway edge/front -FLOW listener http-> HTTPRoute shop/cart",
            "HTTPRoute shop/cart -FLOW P5-> Gateway shop/waypoint",
            "Gateway shop/waypoint -FLOW -> Service shop/cart",
            "DestinationRule shop/cart -READ read by-> Gateway shop/waypoint");
  }

  @Test
  void aWaypointThatIngressBypassesServesTheMesh() {
    assertThat(edges(draw(WITH_WAYPOINT, Shops.WAYPOINT, CAPTURED)))
        .contains(
            "HTTPRoute shop/cart -FLOW P3: past the waypoint-> Service shop/cart",
            "Gateway shop/waypoint -MESH callers in the mesh-> Service shop/cart");
  }

  @Test
  void everyOtherPathSaysWhatHappens() {
    assertThat(edges(draw(PLAIN, CAPTURED)))
        .contains("HTTPRoute shop/cart -FLOW P2-> Service shop/cart");
    assertThat(edges(draw(PLAIN)))
        .contains(
            "HTTPRoute shop/cart -MAYBE P1: in clear-> Service shop/cart",
            "HTTPRoute shop/cart -MAYBE P2-> Service shop/cart");
    assertThat(edges(draw(WITH_BOTH, CAPTURED)))
        .contains(
            "HTTPRoute shop/cart -FLOW P6: waypoint skipped-> Service shop/cart",
            "waypoint shop/waypoint -REFUSED not used: it does not exist-> Service shop/cart");
    assertThat(edges(draw(Shops.cart(BOTH, "clusterIP: None"), Shops.WAYPOINT, CAPTURED)))
        .contains("HTTPRoute shop/cart -REFUSED P7: 503, no endpoint-> Service shop/cart");
  }

  @Test
  void aRuleOfNoOneAndOneThatIsDisplacedAreCrossedOut() {
    String unread =
        Shops.RULE
            .replace("name: cart,", "name: unread,")
            .replace("spec:", "spec:\n  workloadSelector: {matchLabels: {a: b}}");
    assertThat(edges(draw(WITH_BOTH, Shops.WAYPOINT, CAPTURED, unread)))
        .contains("DestinationRule shop/unread -REFUSED read by nobody-> Service shop/cart");
    String second = Shops.RULE.replace("name: cart,", "name: second,");
    assertThat(edges(draw(WITH_BOTH, Shops.WAYPOINT, CAPTURED, Shops.RULE, second)))
        .contains(
            "DestinationRule shop/second -REFUSED another rule's policy counts-> Gateway"
                + " shop/waypoint");
  }

  @Test
  void aReferenceToNothingEndsThere() {
    assertThat(edges(draw(CAPTURED)))
        .containsExactly(
            "Gateway edge/front -FLOW listener http-> HTTPRoute shop/cart",
            "HTTPRoute shop/cart -REFUSED refused: there is no such object-> Service cart:8080");
  }

  @Test
  void aNamespaceIsDrawnWithWhatComesToIt() {
    String other =
        """
        {apiVersion: v1, kind: Service, metadata: {name: other, namespace: other, labels: {istio.io/use-waypoint: w}}, spec: {ports: [{port: 80}]}}
        """;
    Topology topology = Shops.of(PLAIN, CAPTURED, other);
    assertThat(titles(draw(topology, Optional.empty(), 200)))
        .contains("Service other/other", "Service shop/cart");
    assertThat(titles(draw(topology, Optional.of("shop"), 200)))
        .containsExactly("Service shop/cart", "HTTPRoute shop/cart", "Gateway edge/front");
    assertThat(titles(draw(topology, Optional.of("edge"), 200))).contains("Service shop/cart");
    assertThat(titles(draw(topology, Optional.of("nowhere"), 200))).isEmpty();
  }

  @Test
  void whatNothingLeadsToIsNotDrawnAndMuchIsCut() {
    String service =
        "{apiVersion: v1, kind: Service, metadata: {name: s%d, namespace: shop, labels: {%s}},"
            + " spec: {ports: [{port: 80}]}}\n";
    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 30; i++) {
      String labels = i < 20 ? "istio.io/use-waypoint: waypoint" : "app: a";
      many.append("---\n").append(service.formatted(i, labels));
    }
    Topology topology = Shops.of(PLAIN, CAPTURED, Shops.WAYPOINT, many.toString());
    assertThat(draw(topology, Optional.empty(), 200).omitted()).isZero();
    Picture cut = draw(topology, Optional.empty(), 10);
    assertThat(cut.nodes()).hasSizeBetween(10, 14);
    assertThat(cut.omitted()).isPositive();
    assertThat(cut.omitted() + hosts(cut)).isEqualTo(21);
  }

  @Test
  void findingsAreMarkedByColourAndCode() {
    Picture picture = draw(WITH_BOTH, Shops.WAYPOINT, CAPTURED, Shops.RULE);
    assertThat(written(new MermaidText(), picture))
        .contains("[\"DestinationRule<br>shop/cart<br>warn DR-012\"]:::rule")
        .containsPattern("  class n\\d+ warn\n");
  }

  @Test
  void theJsonDocumentHasNodesAndEdges() throws IOException {
    JsonNode document =
        new ObjectMapper()
            .readTree(
                written(new PictureJson(), draw(WITH_BOTH, Shops.WAYPOINT, CAPTURED, Shops.RULE)));
    assertThat(document.path("apiVersion").asText()).isEqualTo("lintel.dev/v1");
    assertThat(document.path("kind").asText()).isEqualTo("Graph");
    JsonNode rule = document.path("nodes").path(4);
    assertThat(rule.path("role").asText()).isEqualTo("rule");
    assertThat(rule.path("object").toString())
        .isEqualTo("{\"kind\":\"DestinationRule\",\"namespace\":\"shop\",\"name\":\"cart\"}");
    assertThat(rule.at("/findings/0/code").asText()).isEqualTo("DR-012");
    assertThat(document.at("/edges/0").toString())
        .isEqualTo("{\"from\":\"n2\",\"to\":\"n1\",\"line\":\"flow\",\"label\":\"listener http\"}");
    assertThat(document.path("omitted").asInt(-1)).isZero();
  }

  private static long hosts(Picture picture) {
    return picture.nodes().stream().filter(node -> node.role() == Picture.Role.BACKEND).count();
  }

  private static Picture draw(String... objects) {
    return draw(Shops.of(objects), Optional.empty(), 200);
  }

  private static Picture draw(Topology topology, Optional<String> namespace, int limit) {
    return TopologyPicture.of(
        topology,
        new Explainer(topology, Policy.DEFAULT, new Judge(RuleCatalogue.complete())),
        namespace,
        limit);
  }

  private static String written(PictureFormat format, Picture picture) {
    StringWriter out = new StringWriter();
    format.write(picture, out);
    return out.toString();
  }

  private static List<String> titles(Picture picture) {
    return picture.nodes().stream().map(TopologyPictureTest::title).toList();
  }

  private static String title(Picture.Node node) {
    return node.lines().stream().limit(2).collect(Collectors.joining(" "));
  }

  private static List<String> edges(Picture picture) {
    return picture.edges().stream()
        .map(
            edge ->
                "%s -%s %s-> %s"
                    .formatted(
                        title(picture, edge.from()),
                        edge.line(),
                        edge.label(),
                        title(picture, edge.to())))
        .toList();
  }

  private static String title(Picture picture, String id) {
    return picture.nodes().stream()
        .filter(node -> node.id().equals(id))
        .map(TopologyPictureTest::title)
        .findFirst()
        .orElseThrow();
  }
}
