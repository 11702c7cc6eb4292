package dev.lintel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.cli.Cli.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lintel graph} as a person or a pipeline meets it. */
class GraphCommandTest {

  private static final String SHOP = "samples/shop";

  @TempDir Path folder;

  @Test
  void mermaidIsDrawnIfNothingElseIsAskedFor() {
    Run run = Cli.run("graph", "--cluster-state", SHOP);
    assertThat(run.code()).isEqualTo(ExitCodes.OK);
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).startsWith("flowchart LR\n").contains("Service<br>shop/catalog");
    assertThat(Cli.run("graph", "-f", SHOP, "-o", "dot").out()).startsWith("digraph lintel {\n");
    assertThat(Cli.run("graph", "-f", SHOP, "-o", "json").out()).contains("\"kind\" : \"Graph\"");
  }

  @Test
  void aNamespaceWithoutAnythingIsAnEmptyPicture() {
    assertThat(Cli.run("graph", "-f", SHOP, "-n", "nowhere").out()).doesNotContain("n0");
  }

  @Test
  void aPictureThatIsTooBigIsCutWithAWordUnlessAllOfItIsWanted() throws Exception {
    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      many.append(
          "---\n{apiVersion: v1, kind: Service, metadata: {name: s%d, namespace: shop, labels:"
                  .formatted(i)
              + " {istio.io/use-waypoint: waypoint}}, spec: {ports: [{port: 80}]}}\n");
    }
    Path file = folder.resolve("many.yaml");
    Files.writeString(file, many);
    Run cut = Cli.run("graph", "-f", SHOP, "-f", file.toString());
    assertThat(cut.code()).isEqualTo(ExitCodes.OK);
    assertThat(cut.err())
        .matches(
            "lintel: \\d+ more hosts are left out, or nobody could read the picture; -n NAMESPACE"
                + " draws less, --all draws them too\\R");
    Run all = Cli.run("graph", "-f", SHOP, "-f", file.toString(), "--all");
    assertThat(all.err()).isEmpty();
    assertThat(all.out().length()).isGreaterThan(cut.out().length());
  }

  @Test
  void withoutObjectsItIsAMisuse() {
    Run run = Cli.run("graph");
    assertThat(run.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(run.err()).contains("say where the objects are");
  }
}
