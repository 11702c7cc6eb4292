package dev.lintel.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.rule.Rule;
import dev.lintel.rule.RuleCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which samples a rule has, as a table in {@code target/rule-coverage.txt}. */
class CoverageTest {

  private static final Path REPORT = Path.of("target/rule-coverage.txt");

  @Test
  void everyRuleFiresInOneSampleAndStaysSilentInAnother() throws IOException {
    List<Coverage> rows = new ArrayList<>();
    for (Rule rule : RuleCatalogue.complete().rules()) {
      rows.add(Coverage.of(rule.info(), RuleSamplesTest.samplesOf(rule.info())));
    }
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
