package dev.lintel.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.sample.Coverage;
import dev.lintel.sample.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which samples a rule has, as a table in {@code target/rule-coverage.txt}. */
class CoverageTest {

  private static final Path REPORT = Path.of("target/rule-coverage.txt");

  @Test
  void everyRuleFiresInOneSampleAndStaysSilentInAnother() throws IOException {
    List<Sample> samples = RuleSamplesTest.samples().stream().map(Sample::read).toList();
    List<Coverage> rows = Coverage.of(RuleCatalogue.complete(), samples);
    Files.createDirectories(REPORT.getParent());
    Files.writeString(REPORT, Coverage.table(rows));

    assertThat(rows)
        .allSatisfy(
            row -> {
              assertThat(row.cells().getFirst().firing()).as(row.rule().code()).isPositive();
              assertThat(row.cells().getFirst().silent()).as(row.rule().code()).isPositive();
            });
  }
}
