package dev.lintel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.judge.Judged;
import dev.lintel.report.CheckReport;
import dev.lintel.report.CheckReport.Entry;
import dev.lintel.rule.Action;
import dev.lintel.samples.WrittenSample;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What is mechanical in the samples is fixed by {@code --fix}, and nothing is lost by it. */
class FixSamplesTest {

  private static final Pattern COMMENT = Pattern.compile("(?m)(?<= |^)#.*$");

  @TestFactory
  Stream<DynamicTest> aFixSilencesItsFindingAndKeepsEveryComment() throws Exception {
    List<DynamicTest> tests = new ArrayList<>();
    for (WrittenSample sample : WrittenSample.all()) {
      List<Judged> mechanical = mechanical(Checks.check(sample));
      if (!mechanical.isEmpty()) {
        tests.add(DynamicTest.dynamicTest(sample.file().toString(), () -> fix(sample, mechanical)));
      }
    }
    assertThat(tests).hasSizeGreaterThan(20);
    return tests.stream();
  }

  private static void fix(WrittenSample sample, List<Judged> mechanical) {
    Fixes.Outcome outcome = Checks.fix(sample);
    String before = sample.written().text();
    String after = outcome.texts().getFirst().text();
    assertThat(mechanical(outcome.report())).as("%s\nbecame\n%s", before, after).isEmpty();
    assertThat(outcome.written()).hasSizeGreaterThanOrEqualTo(mechanical.size());
    assertThat(comments(after)).isEqualTo(comments(before));
    assertThat(after).isNotEqualTo(before);
  }

  private static List<Judged> mechanical(CheckReport report) {
    Entry entry = report.entries().getFirst();
    return entry.verdict().findings().stream()
        .filter(entry::isOwn)
        .filter(judged -> judged.action().compareTo(Action.WARN) >= 0)
        .filter(judged -> judged.finding().patch().isPresent())
        .toList();
  }

  private static List<String> comments(String text) {
    return COMMENT.matcher(text).results().map(found -> found.group()).toList();
  }
}
