package dev.lintel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code lintel scan} of a folder, as a person or a pipeline meets it. */
class ScanCommandTest {

  private static final int BAD = 7;

  @TempDir Path folder;

  @BeforeEach
  void theClusterIsThere() throws IOException {
    for (int i = 0; i < BAD; i++) {
      file("cart-" + i + ".yaml", CheckCommandTest.BAD.replace("cart", "cart-" + i));
    }
    file("other.yaml", CheckCommandTest.BAD.replace("shop", "pay"));
    file(
        "good.yaml",
        "{apiVersion: v1, kind: Service, metadata: {name: good, namespace: shop},"
            + " spec: {ports: [{port: 80}]}}");
    file("ns.yaml", "{apiVersion: v1, kind: Namespace, metadata: {name: shop}}");
  }

  @Test
  void whatEachRuleFindsIsCountedAndTheFirstAreNamed() {
    Cli.Run run = scan("-n", "shop");
    assertThat(run.code()).isEqualTo(ExitCodes.FINDINGS);
    assertThat(run.out())
        .startsWith("deny [TD-001] on 7 Services: No proxy knows this traffic distribution\n")
        .contains("    " + folder.resolve("cart-0.yaml") + ":6:17: Service shop/cart-0: `PreferClos")
        .contains("\n    and 2 more; -o wide names all\n")
        .doesNotContain("cart-6", "pay/cart")
        .endsWith("\n8 objects judged: 7 denied, 0 with warnings\n");
    assertThat(scan("-n", "shop", "-o", "wide").out()).contains("cart-6").doesNotContain("more;");
  }

  @Test
  void allNamespacesAreJudgedUnlessOneIsNamed() {
    assertThat(scan().out()).startsWith("deny [TD-001] on 8 Services: ").contains("9 objects");
    assertThat(scan("-A").out()).isEqualTo(scan().out());
  }

  @Test
  void onlyProblemsMayBeShown() throws Exception {
    JsonNode all = json(scan("-o", "json"));
    assertThat(all.path("verdicts")).hasSize(BAD + 2);
    assertThat(all.at("/verdicts/0/operation").asText()).isEqualTo("NONE");
    JsonNode problems = json(scan("-o", "json", "--problems-only"));
    assertThat(problems.path("verdicts")).hasSize(BAD + 1);
    assertThat(problems.at("/summary/objects").asInt()).isEqualTo(BAD + 2);
  }

  @Test
  void theThresholdIsThatOfCheck() throws Exception {
    Path policy =
        Files.writeString(
            folder.resolve("policy"),
            "{apiVersion: lintel.dev/v1, kind: Policy, rules: {TD-001: warn}}");
    assertThat(scan("--policy", policy.toString()).code()).isEqualTo(ExitCodes.OK);
    assertThat(scan("--policy", policy.toString(), "--fail-on", "warn").code())
        .isEqualTo(ExitCodes.FINDINGS);
  }

  @Test
  void whatCouldNotBeAskedIsSaid() {
    assertThat(scan().err()).contains("no Gateway is known");
    assertThat(Cli.run("scan", "--cluster-state", "samples/shop").err()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void everyFormatNamesTheRuleAndTheObject(CheckCommand.Format format) {
    Cli.Run run = scan("-o", format.name().toLowerCase(Locale.ROOT));
    assertThat(run.code()).as(run.err()).isEqualTo(ExitCodes.FINDINGS);
    assertThat(run.out()).contains("TD-001", "cart-0");
  }

  private Cli.Run scan(String... options) {
    String[] words = new String[3 + options.length];
    words[0] = "scan";
    words[1] = "--cluster-state";
    words[2] = folder.toString();
    System.arraycopy(options, 0, words, 3, options.length);
    return Cli.run(words);
  }

  private static JsonNode json(Cli.Run run) throws IOException {
    return new ObjectMapper().readTree(run.out());
  }

  private void file(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }
}
