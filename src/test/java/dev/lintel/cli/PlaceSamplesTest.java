package dev.lintel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.judge.Judged;
import dev.lintel.manifest.Region;
import dev.lintel.report.CheckReport.Entry;
import dev.lintel.samples.WrittenSample;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The findings of all samples are reported where their fields stand. */
class PlaceSamplesTest {

  @Test
  void aFindingStandsAtItsFieldOrAtTheNearestOneAroundIt() throws Exception {
    int exact = 0;
    for (WrittenSample sample : WrittenSample.all()) {
      Entry entry = Checks.check(sample).entries().getFirst();
      for (Judged judged : entry.verdict().findings()) {
        String field = judged.finding().field().text();
        if (entry.isOwn(judged) && !field.matches(".*\\[\\d+]")) {
          String key = textAt(sample, entry.placeOf(judged)).replaceFirst("[\":\\s].*$", "");
          assertThat(names(field)).as("%s: %s", sample.file(), field).contains(key);
          exact += key.equals(names(field).getLast()) ? 1 : 0;
        }
      }
    }
    assertThat(exact).isGreaterThan(500);
  }

  private static String textAt(WrittenSample sample, Region place) {
    List<String> lines = sample.written().text().lines().toList();
    return lines.get(place.line() - 1).substring(place.column() - 1).replaceFirst("^\"", "");
  }

  /** Returns the names on the way to a field; keys in brackets may have dots. */
  private static List<String> names(String field) {
    int bracket = field.startsWith("metadata.") ? field.indexOf('[') : -1;
    return bracket < 0
        ? Stream.of(field.split("\\.")).map(name -> name.replaceAll("\\[\\d+]", "")).toList()
        : Stream.concat(
                Stream.of(field.substring(0, bracket).split("\\.")),
                Stream.of(field.substring(bracket + 1, field.length() - 1)))
            .toList();
  }
}
