package dev.lintel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

/** {@code lintel test} as the author of a policy meets it. */
class TestCommandTest {

  private static final String SAMPLE =
      """
      # cluster:
      ---
      # write: CREATE
      apiVersion: v1
      kind: Service
      metadata:
        name: cart
        namespace: shop
        annotations:
          networking.istio.io/traffic-distribution: PreferClosest   # expect: TD-001 deny "is not a traffic"
      spec: {ports: [{port: 80}]}
      """;

  @TempDir Path folder;

  @Test
  void theProjectsOwnSamplesAreJudgedAsTheyExpect() {
    Cli.Run run = Cli.run("test", "src/test/resources/rules/TD-001");
    assertThat(run.code()).as(run.out()).isEqualTo(ExitCodes.OK);
    assertThat(run.out()).contains("pass src/test/resources/rules/TD-001/").endsWith(" 0 failed\n");
  }

  @Test
  void anotherActionIsShownBesideTheExpectedOne() throws Exception {
    Path file = file("a.yaml", SAMPLE.replace("TD-001 deny", "TD-001 warn"));
    Cli.Run run = Cli.run("test", file.toString());
    assertThat(run.code()).isEqualTo(ExitCodes.FINDINGS);
    assertThat(run.out())
        .startsWith(
            "fail %s\n     line 10: expected TD-001 warn \"is not a traffic\"\n       found TD-001 deny: "
                .formatted(file))
        .contains("(deny instead of warn)\n")
        .doesNotContain("not expected")
        .endsWith("1 sample: 0 passed, 1 failed\n");
  }

  @Test
  void anotherPartOfTheMessageAndAnotherPlaceAreTold() throws Exception {
    file("message.yaml", SAMPLE.replace("is not a traffic", "is a traffic"));
    file("place.yaml", SAMPLE.replaceAll("(   # expect.*)\n(.*)", "\n$2$1"));
    assertThat(Cli.run("test", folder.toString()).out())
        .contains("(another message)")
        .contains("(at another field: metadata.annotations[");
  }

  @Test
  void whatIsNotExpectedIsNamedWithItsLine() throws Exception {
    file("a.yaml", SAMPLE.replaceAll("   # expect.*", ""));
    Cli.Run run = Cli.run("test", folder.toString());
    assertThat(run.code()).isEqualTo(ExitCodes.FINDINGS);
    assertThat(run.out()).contains("line 10: not expected: TD-001 deny: `PreferClosest`");
  }

  @Test
  void whatDoesNotFireIsMissed() throws Exception {
    file("a.yaml", SAMPLE.replace("PreferClosest", "PreferClose"));
    assertThat(Cli.run("test", folder.toString()).out()).contains("found nothing by TD-001");
  }

  @Test
  void aPolicyCountsUnlessTheSampleHasItsOwn() throws Exception {
    Path policy =
        file("policy.txt", "{apiVersion: lintel.dev/v1, kind: Policy, rules: {TD-001: warn}}");
    file("a.yaml", SAMPLE.replace("TD-001 deny", "TD-001 warn"));
    file("b.yaml", "# policy: {rules: {TD-001: audit}}\n" + SAMPLE.replace("deny", "audit"));
    Cli.Run run = Cli.run("test", folder.toString(), "--policy", policy.toString());
    assertThat(run.code()).as(run.out()).isEqualTo(ExitCodes.OK);
    assertThat(run.out()).endsWith("2 samples: 2 passed, 0 failed\n");
  }

  @Test
  void whatCannotBeReadIsNamedAndTheOthersAreJudgedAllTheSame() throws Exception {
    file("good.yaml", SAMPLE);
    Path bad = file("bad.yaml", SAMPLE.replace("deny", "refuse"));
    Path none = file("none.yaml", "apiVersion: v1\n");
    Path twice =
        file("twice.yaml", SAMPLE.replace("spec:", "---\napiVersion: v1\nkind: Node\nspec:"));
    Path wrong = file("wrong.yaml", SAMPLE.replace("port: 80", "port: http"));
    Path preset = file("preset.yaml", SAMPLE.replace("cluster:", "cluster: nowhere"));
    Cli.Run run = Cli.run("test", folder.toString());
    assertThat(run.code()).isEqualTo(ExitCodes.UNREADABLE);
    assertThat(run.out())
        .contains("fail " + bad + ":10: not understood: `# expect: TD-001 refuse")
        .contains("fail " + none + ": there is no `# write: CREATE`")
        .contains("fail " + twice + ": `# write:` takes one object, and there are 2")
        .contains("fail " + wrong + ":11:17: Service: spec.ports[0].port: expected a whole number")
        .contains("fail " + preset + ": there is no _clusters/nowhere.yaml")
        .endsWith("6 samples: 1 passed, 0 failed, 5 unreadable\n");
  }

  @Test
  void aSetUpIsFoundInAFolderAboveAndIsNoSample() throws Exception {
    Files.createDirectories(folder.resolve("_clusters"));
    Files.createDirectories(folder.resolve("below/deeper"));
    file("_clusters/shop.yaml", "{apiVersion: v1, kind: Namespace, metadata: {name: shop}}");
    file("below/deeper/a.yaml", SAMPLE.replace("cluster:", "cluster: shop"));
    Cli.Run run = Cli.run("test", folder.toString());
    assertThat(run.code()).as(run.out()).isEqualTo(ExitCodes.OK);
    assertThat(run.out()).endsWith("1 sample: 1 passed, 0 failed\n");
  }

  @Test
  void aFolderWithoutSamplesIsNamed() {
    Cli.Run run = Cli.run("test", folder.toString());
    assertThat(run.code()).isEqualTo(ExitCodes.UNREADABLE);
    assertThat(run.err()).contains(folder + " has no samples");
  }

  @Test
  void junitCountsFailuresAndErrors() throws Exception {
    file("good.yaml", SAMPLE);
    file("fails.yaml", SAMPLE.replace("deny", "warn"));
    file("bad.yaml", "# write: DELETE\n");
    String xml = Cli.run("test", folder.toString(), "-o", "junit").out();
    Element suites =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)))
            .getDocumentElement();
    assertThat(suites.getAttribute("tests")).isEqualTo("3");
    assertThat(suites.getAttribute("failures")).isEqualTo("1");
    assertThat(suites.getAttribute("errors")).isEqualTo("1");
    assertThat(xml)
        .contains("line 10: expected TD-001 warn")
        .contains("followed by CREATE or UPDATE");
  }

  private Path file(String name, String text) throws Exception {
    return Files.writeString(folder.resolve(name), text);
  }
}
