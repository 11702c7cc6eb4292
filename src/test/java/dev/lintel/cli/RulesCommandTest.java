package dev.lintel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.lintel.catalogue.RuleCatalogue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** {@code lintel rules} as a person meets it. */
class RulesCommandTest {

  @TempDir Path folder;

  @Test
  void everyRuleHasALine() {
    Cli.Run run = Cli.run("rules");
    assertThat(run.code()).isEqualTo(ExitCodes.OK);
    assertThat(run.out().lines()).hasSize(1 + RuleCatalogue.complete().rules().size());
    assertThat(run.out().lines().findFirst())
        .hasValueSatisfying(
            head ->
                assertThat(head)
                    .containsSubsequence("CODE", "DEFAULT", "NAME")
                    .doesNotContain("POLICY"));
    assertThat(run.out()).contains("\nTD-001 deny    traffic-distribution-unknown-value\n");
    assertThat(Cli.run("rules", "-o", "wide").out())
        .containsSubsequence("CODE", "NAME", "FAMILY", "DEFAULT", "SUMMARY")
        .containsPattern(
            "TD-001 +traffic-distribution-unknown-value +Traffic distribution +deny +No proxy");
  }

  @Test
  void theListFitsEightyColumns() throws Exception {
    Path policy =
        Files.writeString(folder.resolve("policy"), "{apiVersion: lintel.dev/v1, kind: Policy}");
    assertThat(Cli.run("rules").out().lines()).allMatch(line -> line.length() <= 80);
    assertThat(Cli.run("rules", "--policy", policy.toString()).out().lines())
        .allMatch(line -> line.length() <= 80);
  }

  @Test
  void aFamilyIsCalledByPrefixOrName() {
    assertThat(Cli.run("rules", "--family", "wp").out().lines().skip(1))
        .isNotEmpty()
        .allMatch(line -> line.startsWith("WP-"));
    assertThat(Cli.run("rules", "--family", "Traffic-Distribution").out().lines().skip(1))
        .isNotEmpty()
        .allMatch(line -> line.startsWith("TD-"));
    Cli.Run run = Cli.run("rules", "--family", "xx");
    assertThat(run.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(run.err()).contains("no family `xx`", "WP waypoint");
  }

  @Test
  void aPolicyShowsWhatComesOfARule() throws Exception {
    Path policy =
        Files.writeString(
            folder.resolve("policy.yaml"),
            "{apiVersion: lintel.dev/v1, kind: Policy, enforcement: warn, rules: {TD-002: off}}");
    String out = Cli.run("rules", "--family", "td", "--policy", policy.toString()).out();
    assertThat(out)
        .startsWith("CODE   DEFAULT POLICY NAME\n")
        .containsPattern("TD-001 deny +warn +traffic-distribution-unknown-value")
        .containsPattern("TD-002 [a-z]+ +off ");
    assertThat(Cli.run("rules", "-o", "wide", "--policy", policy.toString()).out())
        .contains("DEFAULT POLICY  SUMMARY");
    assertThat(Cli.run("rules", "TD-001", "--policy", policy.toString()).out())
        .endsWith("Default action: deny\nUnder " + policy + ": warn\n");
  }

  @Test
  void jsonAndYamlSayTheSame() throws Exception {
    JsonNode json = new ObjectMapper().readTree(Cli.run("rules", "-o", "json").out());
    JsonNode yaml =
        new ObjectMapper(new YAMLFactory()).readTree(Cli.run("rules", "-o", "yaml").out());
    assertThat(yaml).isEqualTo(json);
    assertThat(json.path("kind").asText()).isEqualTo("RuleList");
    JsonNode rule = json.path("rules").path(0);
    assertThat(rule.path("code").asText()).isEqualTo("CP-001");
    assertThat(rule.path("defaultAction").asText()).isEqualTo("deny");
    assertThat(rule.path("judges").path(0).asText()).isEqualTo("ServiceEntry");
  }

  @TestFactory
  Stream<DynamicTest> everyPageIsShownWithoutMarkdown() {
    return RuleCatalogue.complete().rules().stream()
        .map(rule -> rule.info().code())
        .map(code -> DynamicTest.dynamicTest(code, () -> checkPage(code)));
  }

  private static void checkPage(String code) {
    Cli.Run run = Cli.run("rules", code);
    assertThat(run.code()).as(run.err()).isEqualTo(ExitCodes.OK);
    assertThat(run.out())
        .startsWith(code + " ")
        .contains("\nWhat happens on the wire\n", "Before:\n\n    ")
        .doesNotContain("```", "](", "\n#", "**");
    assertThat(run.out().lines().filter(line -> !line.contains("http")))
        .allMatch(line -> line.length() <= 80 || line.startsWith("    ") || line.startsWith("|"));
  }

  @Test
  void aRuleIsFoundByNameAndInAnyLetterCase() {
    String page = Cli.run("rules", "TD-001").out();
    assertThat(Cli.run("rules", "td-001").out()).isEqualTo(page);
    assertThat(Cli.run("rules", "traffic-distribution-unknown-value").out()).isEqualTo(page);
  }

  @Test
  void headingsStandOutOnATerminal() {
    assertThat(Cli.run(new Terminal(true, false), "rules", "TD-001").out())
        .contains("\033[1mWhat is set\033[0m");
  }

  @Test
  void aMisspeltRuleIsAnsweredWithTheNearest() {
    Cli.Run code = Cli.run("rules", "TD-0001");
    assertThat(code.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(code.err()).contains("no rule is called `TD-0001`; did you mean TD-001?");
    assertThat(Cli.run("rules", "waypoint-not-redy").err()).contains("mean waypoint-not-ready?");
    assertThat(Cli.run("rules", "short").err()).contains("did you mean ", "-short-");
    assertThat(Cli.run("rules", "nonsense").err()).contains("`lintel rules` lists all");
  }

  @Test
  void coverageCountsTheSamplesOfAFolder() {
    Cli.Run run = Cli.run("rules", "--coverage", "src/test/resources/rules/TD-001");
    assertThat(run.code()).isEqualTo(ExitCodes.OK);
    assertThat(run.out())
        .containsPattern("\nTD-001 +[1-9]\\d*/[1-9]")
        .containsPattern("\nSE-001 +0/0");
  }
}
