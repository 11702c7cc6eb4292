package dev.lintel.explain.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.explain.Explanation;
import dev.lintel.explain.Shops;
import dev.lintel.resource.Kind;
import dev.lintel.resource.ResourceRef;
import dev.lintel.topology.Change;
import dev.lintel.topology.Topology;
import java.io.StringWriter;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Pictures in the two languages, whatever the objects are called. */
class PictureTest {

  private static final String BOTH =
      "istio.io/use-waypoint: waypoint, istio.io/ingress-use-waypoint: \"true\"";
  private static final String WITH_BOTH = Shops.cart(BOTH, "clusterIP: 10.96.40.11");
  private static final String CAPTURED = Shops.gatewayPod(Shops.CAPTURED, "n1");

  @Test
  void aPathIsDrawnFromTheGatewayToTheEndpoints() {
    String mermaid =
        Shops.written(
            new ExplanationPicture(new MermaidText()),
            Shops.explainCart(WITH_BOTH, Shops.WAYPOINT, CAPTURED, Shops.RULE));
    assertThat(mermaid)
        .startsWith(
            """
            flowchart LR
              n0["HTTPRoute<br>shop/cart"]:::route
              n1{{"Gateway<br>edge/front"}}:::gateway
              n2(["the virtual IP of cart.shop.svc.cluster.local"]):::address
              n3(["ztunnel"]):::ztunnel
              n4{{"Gateway<br>shop/waypoint<br>waypoint"}}:::waypoint
              n5[("Service<br>shop/cart<br>cart.shop.svc.cluster.local")]:::backend
              n6["DestinationRule<br>shop/cart<br>warn DR-012"]:::rule
              n7(["clients outside the cluster"]):::client
              n1 -->|"listener http"| n0
              n0 -->|"P5"| n2
              n3 -->|"PreferSameZone"| n4
              n4 -->|"Any"| n5
              n2 --> n3
              n6 -.->|"read by, ignores tls"| n4
              n7 -->|"load balancer"| n1
              class n6 warn
            """);
  }

  @Test
  void graphvizDrawsTheSame() {
    assertThat(
            Shops.written(
                new ExplanationPicture(new DotText()),
                Shops.explainCart(WITH_BOTH, Shops.WAYPOINT, CAPTURED, Shops.RULE)))
        .startsWith("digraph lintel {\n")
        .contains("  n1 [label=\"Gateway\\nedge/front\", shape=hexagon, fillcolor=\"#dbeafe\"];\n")
        .contains("  n0 -> n2 [label=\"P5\"];\n")
        .contains("label=\"DestinationRule\\nshop/cart\\nwarn DR-012\", shape=note")
        .endsWith("}\n");
  }

  @Test
  void eachHostOfAnEntryHasItsNode() {
    Topology topology =
        Shops.of(
            """
            apiVersion: networking.istio.io/v1
            kind: ServiceEntry
            metadata: {name: maps, namespace: shop}
            spec:
              hosts: [a.maps.example, b.maps.example]
              ports: [{number: 443, name: tls, protocol: TLS}]
              resolution: DNS
            """);
    ResourceRef maps = new ResourceRef(Kind.SERVICE_ENTRY, "shop", "maps");
    assertThat(
            Shops.written(
                new ExplanationPicture(new MermaidText()),
                Shops.explain(topology, topology.find(maps).orElseThrow())))
        .contains(
            "[(\"ServiceEntry<br>shop/maps<br>a.maps.example\")]",
            "[(\"ServiceEntry<br>shop/maps<br>b.maps.example\")]");
  }

  @Test
  void possiblePathsAreDashed() {
    assertThat(
            Shops.written(
                new ExplanationPicture(new MermaidText()),
                Shops.explainCart(WITH_BOTH, Shops.WAYPOINT)))
        .contains("n0 -.->|\"P1: Any\"| ", "n0 -.->|\"P5\"| ");
  }

  @Test
  void aRefusedReferenceAndAMissingEndpointAreCrossedOut() {
    String route =
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: cart, namespace: other}
        spec:
          parentRefs: [{name: front, namespace: edge}]
          rules: [{backendRefs: [{name: cart, namespace: shop, port: 8080}]}]
        """;
    String mermaid =
        Shops.written(
            new ExplanationPicture(new MermaidText()),
            Shops.explainCart(
                Shops.cart(BOTH, "clusterIP: None"), Shops.WAYPOINT, CAPTURED, route));
    assertThat(mermaid)
        .contains("--x|\"refused: no ReferenceGrant permits it\"|")
        .contains("([\"503: no endpoint\"]):::nothing");
  }

  @Test
  void aRuleThatNobodyReadsIsCrossedOut() {
    Topology topology = Shops.of(Shops.cart("app: cart", "clusterIP: None"), Shops.RULE);
    Topology unrouted =
        topology.apply(Change.remove(new ResourceRef(Kind.HTTP_ROUTE, "shop", "cart")));
    assertThat(
            Shops.written(
                new ExplanationPicture(new DotText()),
                Shops.explain(
                    unrouted,
                    unrouted
                        .find(new ResourceRef(Kind.DESTINATION_RULE, "shop", "cart"))
                        .orElseThrow())))
        .contains("[label=\"read by nobody\", color=\"#dc2626\", arrowhead=tee];\n");
  }

  @Test
  void gatewaysAndRoutesAreDrawnWithTheirTargets() {
    Topology topology = Shops.of(WITH_BOTH, Shops.WAYPOINT, CAPTURED);
    ExplanationPicture picture = new ExplanationPicture(new MermaidText());
    assertThat(
            Shops.written(
                picture, Shops.explain(topology, topology.gateway("edge", "front").orElseThrow())))
        .contains("-->|\"P5 from edge/front\"|");
    assertThat(
            Shops.written(
                picture,
                Shops.explain(
                    topology,
                    topology.find(new ResourceRef(Kind.HTTP_ROUTE, "shop", "cart")).orElseThrow())))
        .contains("-->|\"listener http\"|", "-->|\"P5 from edge/front\"|");
  }

  @Test
  void nothingThatAnObjectIsCalledMeansAnythingToMermaid() {
    assertThat(MermaidText.escaped("a\"]:::x --> b;%%{init: {}}%%<script>#amp;`c`"))
        .isEqualTo(
            "a#34;#93;:::x --#62; b#59;#37;#37;#123;init: #123;#125;#125;#37;#37;#60;script#62;"
                + "#35;amp#59;#96;c#96;");
    assertThat(MermaidText.escaped("line\nbreak\tand \u202e reversal \u00e9"))
        .isEqualTo("line break and   reversal #233;");
  }

  @Test
  void nothingThatAnObjectIsCalledEndsAStringOfGraphviz() {
    assertThat(DotText.escaped("a\"]; b [label=\"c\\N&lt;\n"))
        .isEqualTo("a\\\"]; b [label=\\\"c\\\\N&amp;lt; ");
  }

  @Test
  void hostileNamesStayInTheirLabels() {
    String name = "x\\\"]; click a \\\"javascript:b\\\" %%{init}%% <b> \\\\ `";
    String hostile =
        "{apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: {name: \""
            + name
            + "\", namespace: shop}, spec: {host: cart.shop.svc.cluster.local}}";
    Explanation explanation = Shops.explainCart(WITH_BOTH, Shops.WAYPOINT, CAPTURED, hostile);
    List<String> mermaid =
        Shops.written(new ExplanationPicture(new MermaidText()), explanation).lines().toList();
    Pattern line =
        Pattern.compile(
            "flowchart LR| "
                + " n\\d+(\\{\\{|\\[\\(?|\\(\\[)\"[^\"\\[\\]{}%`&]*\"(}}|\\)?]|]\\)):::[a-z]+| "
                + " n\\d+ (-->|-\\.->|--x)(\\|\"[^\"%`&]*\"\\|)? n\\d+|  class n\\d+ [a-z]+| "
                + " classDef [a-z]+ [a-z0-9#:, -]+");
    assertThat(mermaid).allMatch(text -> line.matcher(text).matches());
    Pattern dot =
        Pattern.compile(
            "  n\\d+( -> n\\d+)? \\[label=\"([^\"\\\\]|\\\\[\\\\\"n])*\"(,"
                + " [a-z]+=([a-z]+|\\d+|\"#[0-9a-f]{6}\"))*];");
    assertThat(
            Shops.written(new ExplanationPicture(new DotText()), explanation)
                .lines()
                .filter(text -> text.startsWith("  n") && !text.startsWith("  node ")))
        .isNotEmpty()
        .allMatch(text -> dot.matcher(text).matches());
  }

  @Test
  void aPictureWithoutAnythingIsStillAPicture() {
    StringWriter out = new StringWriter();
    new DotText().write(new Picture(List.of(), List.of(), 0), out);
    assertThat(out.toString()).startsWith("digraph lintel {\n").endsWith("}\n");
  }
}
