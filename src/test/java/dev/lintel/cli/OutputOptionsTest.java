package dev.lintel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One run writes all the reports that a pipeline asks for. */
class OutputOptionsTest {

  @TempDir Path folder;
  private String file = "";

  @BeforeEach
  void aBadService() throws Exception {
    file = Files.writeString(folder.resolve("cart.yaml"), CheckCommandTest.BAD).toString();
  }

  @Test
  void severalFormatsInOneRun() throws Exception {
    Path sarif = folder.resolve("a=b.sarif");
    Path junit = folder.resolve("lintel.xml");
    Cli.Run run =
        Cli.run("check", "-f", file, "-o", "json", "-o", "sarif=" + sarif, "-o", "junit=" + junit);
    assertThat(run.code()).as(run.err()).isEqualTo(ExitCodes.FINDINGS);
    assertThat(json(run.out()).path("kind").asText()).isEqualTo("CheckReport");
    assertThat(json(Files.readString(sarif)).path("version").asText()).isEqualTo("2.1.0");
    assertThat(Files.readString(junit)).startsWith("<?xml").contains("TD-001");
  }

  @Test
  void whereEverythingGoesToFilesStandardOutputIsEmpty() {
    Cli.Run run = Cli.run("check", "-f", file, "-o", "text=" + folder.resolve("report"));
    assertThat(run.out()).isEmpty();
    assertThat(folder.resolve("report")).content().contains("TD-001").doesNotContain("\u001b");
  }

  @Test
  void onlyOneGoesToStandardOutput() {
    Cli.Run run = Cli.run("check", "-f", file, "-o", "json", "-o", "sarif");
    assertThat(run.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(run.err()).contains("only one report goes to standard output");
  }

  @Test
  void aMistakeIsNamed() {
    assertThat(Cli.run("check", "-f", file, "-o", "sarf").err())
        .contains("found `sarf`; did you mean `sarif`?");
    assertThat(Cli.run("check", "-f", file, "-o", "sarif=").err())
        .contains("`sarif=` names no file");
    Cli.Run run = Cli.run("check", "-f", file, "-o", "json=" + folder.resolve("none/x"));
    assertThat(run.code()).isEqualTo(ExitCodes.UNREADABLE);
    assertThat(run.err()).contains("none/x cannot be written");
  }

  @Test
  void theSummaryIsAppended() throws Exception {
    Path page = Files.writeString(folder.resolve("summary"), "before\n");
    Cli.run("check", "-f", file, "--summary", page.toString());
    Cli.run("check", "-f", file, "--summary", page.toString());
    assertThat(page)
        .content()
        .startsWith("before\n### Lintel\n\n1 object judged: **1 denied**, 0 with warnings\n")
        .contains("| deny | " + file + ":6 | Service shop/cart: [TD-001] `PreferClosest`")
        .containsSubsequence("### Lintel", "### Lintel");
  }

  @Test
  void nobodyWritesThePageOfTheRunByAnObject() throws Exception {
    Files.writeString(
        Path.of(file), CheckCommandTest.BAD.replace("PreferClosest", "\"<b>|x & y\""));
    assertThat(Cli.run("check", "-f", file, "-o", "markdown").out())
        .contains("&lt;b>\\|x &amp; y")
        .doesNotContain("<b>");
  }

  @Test
  void gitlabGetsWhatItTakes() throws Exception {
    Path broken = Files.writeString(folder.resolve("broken.yaml"), "a: [");
    Cli.Run run = Cli.run("check", "-f", file, "-f", file, "-f", broken.toString(), "-o", "gitlab");
    JsonNode issues = json(run.out());
    assertThat(issues).hasSize(3);
    List<String> fingerprints = new ArrayList<>();
    for (JsonNode issue : issues) {
      fingerprints.add(issue.path("fingerprint").asText());
      assertThat(issue.path("description").asText()).isNotEmpty();
      assertThat(issue.path("check_name").asText()).isNotEmpty();
      assertThat(issue.path("severity").asText())
          .isIn("info", "minor", "major", "critical", "blocker");
      assertThat(issue.path("location").path("path").asText()).isNotEmpty();
      assertThat(issue.path("location").path("lines").path("begin").asInt()).isPositive();
    }
    assertThat(new HashSet<>(fingerprints)).hasSize(3);
    assertThat(issues.path(1).path("severity").asText()).isEqualTo("critical");
    assertThat(issues.path(1).path("location").path("lines").path("begin").asInt()).isEqualTo(6);
  }

  private static JsonNode json(String text) throws Exception {
    return new ObjectMapper().readTree(text);
  }
}
