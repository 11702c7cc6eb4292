package dev.lintel.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.judge.Judged;
import dev.lintel.rule.Action;
import dev.lintel.rule.Rule;
import dev.lintel.rule.RuleInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What the rules' pages show is true: Before makes the rule speak, and of After nothing is said, by
 * this rule or any other.
 */
class PageExamplesTest {

  /** A fix that takes the object away helps few people, so such pages stay few. */
  private static final int MOST_DELETIONS = 6;

  private final RuleCatalogue catalogue = RuleCatalogue.complete();

  @TestFactory
  Stream<DynamicTest> beforeMakesTheRuleSpeakAtItsDefaultAction() {
    return perPage(
        example -> {
          List<Judged> findings = example.findingsBefore();
          assertThat(findings.stream().filter(judged -> isOf(judged, example.rule())))
              .as(
                  "docs/rules/%1$s.md: Before should bring %1$s, found:\n%2$s",
                  code(example), describe(findings))
              .isNotEmpty();
        });
  }

  @TestFactory
  Stream<DynamicTest> afterLeavesNothingToSay() {
    return perPage(
        example ->
            assertThat(describe(example.findingsAfter()))
                .as("docs/rules/%1$s.md: After should be free of %1$s and all", code(example))
                .isEmpty());
  }

  @TestFactory
  Stream<DynamicTest> afterSaysSoWhereTheObjectIsDeleted() {
    return perPage(
        example ->
            assertThat(example.deleted().isPresent())
                .as("docs/rules/%s.md: `After, with the KIND deleted:`", code(example))
                .isEqualTo(example.isSubjectDeleted()));
  }

  @Test
  void fewFixesDeleteTheObject() throws IOException {
    List<String> deletions = new ArrayList<>();
    for (Rule rule : catalogue.rules()) {
      if (PageExample.of(rule.info()).deleted().isPresent()) {
        deletions.add(rule.info().code());
      }
    }
    assertThat(deletions).hasSizeLessThanOrEqualTo(MOST_DELETIONS);
  }

  private static boolean isOf(Judged judged, RuleInfo rule) {
    boolean isAsLoud =
        rule.defaultAction() == Action.OFF || judged.action() == rule.defaultAction();
    return judged.rule().equals(rule) && isAsLoud;
  }

  private static String code(PageExample example) {
    return example.rule().code();
  }

  private static String describe(List<Judged> findings) {
    return findings.stream()
        .map(
            judged ->
                "%s %s on %s: %s"
                    .formatted(
                        judged.rule().code(),
                        judged.action().word(),
                        judged.subject(),
                        judged.finding().message()))
        .collect(Collectors.joining("\n"));
  }

  private Stream<DynamicTest> perPage(Check check) {
    return catalogue.rules().stream()
        .map(Rule::info)
        .map(rule -> DynamicTest.dynamicTest(rule.code(), () -> check.on(PageExample.of(rule))));
  }

  private interface Check {
    void on(PageExample example);
  }
}
