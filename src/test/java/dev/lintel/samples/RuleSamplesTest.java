package dev.lintel.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.judge.Judged;
import dev.lintel.rule.RuleInfo;
import dev.lintel.sample.Comparison;
import dev.lintel.sample.Sample;
import dev.lintel.sample.SampleFiles;
import java.io.IOException;
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
    return SampleFiles.in(RULES);
  }

  static List<Sample> samplesOf(RuleInfo rule) throws IOException {
    Path folder = RULES.resolve(rule.code());
    return samples().stream().filter(file -> file.startsWith(folder)).map(Sample::read).toList();
  }

  static void check(Sample sample) {
    Comparison comparison = Comparison.of(sample);
    assertThat(comparison.missing())
        .as("%s\nall findings: %s", sample.file(), describe(comparison.findings()))
        .isEmpty();
    assertThat(describe(comparison.unexpected())).as("%s", sample.file()).isEmpty();
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
