package dev.lintel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What docs/explain.md shows is what the commands print. */
class ExplainPageTest {

  private static final String STATE = "samples/shop";
  private static final String WRITE = "samples/writes/4-catalog-behind-the-waypoint.yaml";

  @Test
  void theExplanationIsReal() throws IOException {
    String shown = block("```console\n$ lintel explain svc/shop/catalog");
    String text =
        Cli.run("explain", "svc/shop/catalog", "--cluster-state", STATE, "-f", WRITE).out();
    assertThat(shown.substring(shown.indexOf('\n') + 1)).isEqualTo(text);
  }

  @Test
  void thePictureIsReal() throws IOException {
    assertThat(block("```mermaid\n"))
        .isEqualTo(Cli.run("graph", "--cluster-state", STATE, "-f", WRITE).out());
  }

  /** Returns what stands between the beginning of a block and its end. */
  private static String block(String beginning) throws IOException {
    String page = Files.readString(Path.of("docs/explain.md"));
    int start = page.indexOf(beginning) + beginning.length();
    return page.substring(start, page.indexOf("```", start));
  }
}
