package dev.lintel.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.judge.Judged;
import dev.lintel.judge.Verdict;
import dev.lintel.rule.Action;
import dev.lintel.rule.RuleInfo;
import dev.lintel.samples.Sample.Expectation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every sample is judged, and nothing but what it expects is said. */
class RuleSamplesTest {

  static final Path RULES = Path.of("src/test/resources/rules");

  @TestFactory
  Stream<DynamicTest> everySampleIsJudgedAsItExpects() throws IOException {
    return samples().stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    RULES.relativize(file).toString(), () -> check(Sample.read(file))));
  }

  static List<Path> samples() throws IOException {
    try (Stream<Path> files = Files.walk(RULES)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> !file.getParent().endsWith("_clusters"))
          .sorted()
          .toList();
    }
  }

  static List<Sample> samplesOf(RuleInfo rule) throws IOException {
    Path folder = RULES.resolve(rule.code());
    return samples().stream().filter(file -> file.startsWith(folder)).map(Sample::read).toList();
  }

  static void check(Sample sample) {
    Verdict verdict = sample.verdict();
    List<Judged> loud =
        verdict.findings().stream().filter(j -> j.action().compareTo(Action.WARN) >= 0).toList();
    for (Expectation expectation : sample.expectations()) {
      assertThat(loud)
          .as("%s\nall findings: %s", expectation, describe(loud))
          .anySatisfy(
              judged -> {
                assertThat(expectation.isMetBy(judged, sample.write())).isTrue();
                assertThat(expectation.standsBeside(judged))
                    .as("stands beside %s", judged.finding().field())
                    .isTrue();
              });
    }
    assertThat(loud)
        .as("nothing else is said, but: %s", describe(loud))
        .allSatisfy(
            judged ->
                assertThat(sample.expectations())
                    .anyMatch(expectation -> expectation.isMetBy(judged, sample.write())));
  }

  private static String describe(List<Judged> findings) {
    return String.join(
        "\n",
        findings.stream()
            .map(
                j ->
                    "%s %s %s %s: %s"
                        .formatted(
                            j.rule().code(),
                            j.action().word(),
                            j.subject(),
                            j.finding().field(),
                            j.finding().message()))
            .toList());
  }
}
