package dev.lintel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

/** {@code lintel assert}: where it looks, what it writes, and what it ends with. */
class AssertCommandTest {

  private static final String SAMPLE = "samples/assertions/shop.yaml";
  private static final String SHOP = "samples/shop";
  private static final String BEHIND = "samples/writes/4-catalog-behind-the-waypoint.yaml";

  @TempDir Path folder;

  @Test
  void whatHoldsEndsWithNothing() throws Exception {
    Cli.Run run = run(document("encrypted: true"), "--cluster-state", SHOP);
    assertThat(run.code()).as(run.err()).isEqualTo(ExitCodes.OK);
    assertThat(run.out()).startsWith("holds  it (encrypted: true; 3 paths to 4 hosts)");
  }

  @Test
  void whatIsBrokenIsShownAsExplainShowsIt() throws Exception {
    String catalog = "hosts: [catalog.shop.svc.cluster.local], throughWaypoint: shop/waypoint";
    Cli.Run run = run(document(catalog), "--cluster-state", SHOP);
    assertThat(run.code()).isEqualTo(ExitCodes.FINDINGS);
    String explained = Cli.run("explain", "svc/shop/catalog", "--cluster-state", SHOP).out();
    int start = explained.indexOf("Path from Gateway edge/front");
    List<String> path =
        explained.substring(start, explained.indexOf("\n\n", start)).lines().toList();
    assertThat(run.out().lines().map(String::stripLeading).toList())
        .containsSubsequence(path.stream().map(String::stripLeading).toList());
    assertThat(run(document(catalog), SHOP, BEHIND).code()).isEqualTo(ExitCodes.OK);
  }

  @Test
  void whatCannotBeToldFailsWhereThatIsAskedForOnly() throws Exception {
    String nowhere = document("hosts: [nowhere], encrypted: true");
    assertThat(run(nowhere, "--cluster-state", SHOP).code()).isEqualTo(ExitCodes.OK);
    assertThat(run(nowhere, "--cluster-state", SHOP, "--strict").code())
        .isEqualTo(ExitCodes.FINDINGS);
  }

  @Test
  void whatRestsOnWhatManifestsLeaveOutSaysSo() throws Exception {
    for (String file : List.of("1-namespaces", "2-controllers", "4-shop")) {
      Path from = Path.of(SHOP, file + ".yaml");
      Files.copy(from, folder.resolve(file + ".yaml"));
    }
    Files.writeString(
        folder.resolve("gateways.yaml"),
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: front, namespace: edge}
        spec:
          gatewayClassName: enterprise-kgateway
          listeners:
            - {name: http, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: All}}}
        """);
    String assertions = document("encrypted: true");
    Cli.Run run = run(assertions, folder.toString());
    assertThat(run.code()).isEqualTo(ExitCodes.OK);
    assertThat(run.out()).startsWith("holds  it").contains("[assumed] Gateway edge/front: ");
    assertThat(run(document("throughWaypoint: '*'"), folder.toString()).out())
        .startsWith("broken it");
  }

  @Test
  void anotherPlatformIsSupposed() throws Exception {
    String read = document("destinationRuleRead: shop/catalog");
    assertThat(run(read, "--cluster-state", SHOP).code()).isEqualTo(ExitCodes.OK);
    Cli.Run run = run(read, "--cluster-state", SHOP, "--as-if", "kgateway.istioIntegration=false");
    assertThat(run.code()).isEqualTo(ExitCodes.FINDINGS);
    assertThat(run.out()).contains("nobody reads it", "its controller reads no DestinationRules");
  }

  @Test
  void jsonFitsThePublishedSchema() throws Exception {
    JsonSchema schema =
        JsonSchemaFactory.getInstance(VersionFlag.V202012)
            .getSchema(Files.readString(Path.of("docs/assertion-report.schema.json")));
    for (String state : List.of(SHOP, "src/test/resources/diff/_shop.yaml")) {
      for (String asIf : List.of("istio=1.31", "kgateway.istioIntegration=false")) {
        String json = run(SAMPLE, state, "--as-if", asIf, "-o", "json").out();
        assertThat(schema.validate(json, InputFormat.JSON)).as(json).isEmpty();
        String yaml = run(SAMPLE, state, "--as-if", asIf, "-o", "yaml").out();
        assertThat(schema.validate(yaml, InputFormat.YAML)).as(yaml).isEmpty();
      }
    }
  }

  @Test
  void junitHasACaseForEach() throws Exception {
    Path xml =
        Files.writeString(
            folder.resolve("junit.xml"), run(SAMPLE, "--cluster-state", SHOP, "-o", "junit").out());
    Document document =
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(xml.toFile());
    assertThat(document.getElementsByTagName("testcase").getLength()).isEqualTo(5);
    assertThat(document.getElementsByTagName("failure").getLength()).isEqualTo(1);
    assertThat(document.getElementsByTagName("failure").item(0).getTextContent())
        .contains("1. Gateway edge/front -> ");
    assertThat(document.getElementsByTagName("system-out").getLength()).isEqualTo(1);
  }

  @Test
  void githubNamesTheLine() {
    assertThat(run(SAMPLE, "--cluster-state", SHOP, "-o", "github").out().lines())
        .hasSize(2)
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith(
                        "::error file=samples/assertions/shop.yaml,line=11,title=the catalog is"))
        .anySatisfy(line -> assertThat(line).startsWith("::warning file="));
  }

  @Test
  void whatCannotBeReadIsNamed() throws Exception {
    Cli.Run run = run(document("encrypt: true"), "--cluster-state", SHOP);
    assertThat(run.code()).isEqualTo(ExitCodes.UNREADABLE);
    assertThat(run.err()).contains("did you mean `encrypted`?");
    assertThat(Cli.run("assert", "--cluster-state", SHOP).err()).contains("-f");
    assertThat(Cli.run("assert", "-f", SAMPLE).err()).contains("say where the objects are");
  }

  @Test
  void thePageShowsWhatIsSo() throws IOException {
    String page = Files.readString(Path.of("docs/assert.md"));
    assertThat(page).contains(Files.readString(Path.of(SAMPLE)));
  }

  private String document(String assertion) throws IOException {
    return Files.writeString(
            folder.resolve("assertions.yaml"),
            """
            apiVersion: lintel.dev/v1
            kind: Assertions
            assertions: [{name: it, %s}]
            """
                .formatted(assertion))
        .toString();
  }

  private static Cli.Run run(String document, String... more) {
    List<String> words = new ArrayList<>(List.of("assert", "-f", document));
    words.addAll(List.of(more));
    return Cli.run(words.toArray(String[]::new));
  }
}
