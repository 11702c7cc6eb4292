package dev.lintel.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.judge.Judged;
import dev.lintel.rule.Action;
import dev.lintel.rule.Impact;
import dev.lintel.rule.Rule;
import dev.lintel.rule.RuleInfo;
import dev.lintel.sample.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Class, samples and page of a rule are found by its code, and none is missing. */
class CatalogueTest {

  private static final Path PAGES = Path.of("docs/rules");
  private static final List<String> PARTS =
      List.of(
          "## What is set",
          "## What happens on the wire",
          "## How to fix it",
          "## When Lintel stays silent",
          "## Sources");

  private final RuleCatalogue catalogue = RuleCatalogue.complete();

  @TestFactory
  Stream<DynamicTest> aRuleIsNamedByItsFamilyAndItsNameIsKebabCase() {
    return perRule(
        info -> {
          assertThat(info.code()).matches(info.family().prefix() + "-\\d{3}");
          assertThat(info.name()).matches("[a-z0-9]+(-[a-z0-9]+)+");
          assertThat(info.summary()).isNotBlank().doesNotEndWith(".");
          assertThat(info.subjects()).isNotEmpty();
          assertThat(info.since()).matches("\\d+\\.\\d+");
        });
  }

  @TestFactory
  Stream<DynamicTest> aRuleHasASampleThatFiresAtItsDefaultActionAndOneThatStaysSilent() {
    return perRule(
        info -> {
          List<Sample> samples = RuleSamplesTest.samplesOf(info);
          assertThat(samples.stream().flatMap(sample -> sample.expectations().stream()))
              .as("%s fires at its default action, or at all if it is off by default", info.code())
              .anyMatch(
                  e ->
                      e.code().equals(info.code())
                          && (e.action() == info.defaultAction()
                              || info.defaultAction() == Action.OFF));
          assertThat(samples)
              .as("%s stays silent", info.code())
              .anyMatch(
                  sample ->
                      sample.expectations().stream().noneMatch(e -> e.code().equals(info.code())));
        });
  }

  @TestFactory
  Stream<DynamicTest> aRuleHasAPageWithFiveParts() {
    return perRule(
        info -> {
          String page = Files.readString(PAGES.resolve(info.code() + ".md"));
          assertThat(page).startsWith("# " + info.code() + " " + info.name() + "\n");
          assertThat(page).containsSubsequence(PARTS);
          assertThat(page).contains("```yaml").contains("https://");
        });
  }

  @Test
  void noPageAndNoSampleBelongsToARuleThatDoesNotExist() throws IOException {
    Set<String> codes = new TreeSet<>();
    catalogue.rules().forEach(rule -> codes.add(rule.info().code()));
    try (Stream<Path> pages = Files.list(PAGES);
        Stream<Path> samples = Files.list(RuleSamplesTest.RULES)) {
      assertThat(pages.map(page -> page.getFileName().toString().replace(".md", "")))
          .allMatch(
              name ->
                  codes.contains(name) || name.equals("README") || name.equals(Impact.INFO.code()));
      assertThat(samples.map(folder -> folder.getFileName().toString()))
          .allMatch(name -> codes.contains(name) || name.equals("_clusters"));
    }
  }

  /** The wording that every message owes its reader. */
  @TestFactory
  Stream<DynamicTest> everyMessageSaysWhatToChangeInOneLine() throws IOException {
    return RuleSamplesTest.samples().stream()
        .map(Sample::read)
        .map(
            sample ->
                DynamicTest.dynamicTest(
                    RuleSamplesTest.RULES.relativize(sample.file()).toString(),
                    () -> sample.verdict().findings().forEach(CatalogueTest::checkWording)));
  }

  private static void checkWording(Judged judged) {
    assertThat(judged.action()).isNotEqualTo(Action.OFF);
    assertThat(judged.finding().fix().text()).as("fix").isNotBlank().doesNotEndWith(".");
    assertThat(judged.finding().says().text()).as("says").isNotBlank().doesNotEndWith(".");
    assertThat(judged.finding().because()).as("because").endsWith(".");
    assertThat(judged.finding().message()).doesNotContain("\n").hasSizeLessThanOrEqualTo(500);
  }

  private Stream<DynamicTest> perRule(Check check) {
    return catalogue.rules().stream()
        .map(Rule::info)
        .map(info -> DynamicTest.dynamicTest(info.code(), () -> check.on(info)));
  }

  private interface Check {
    void on(RuleInfo info) throws IOException;
  }
}
