package dev.lintel.rule.knowndefect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class KnownDefectsTest {

  private static final Path SAMPLES = Path.of("src/test/resources/rules/DX-001");
  private static final Path PAGE = Path.of("docs/rules/DX-001.md");

  @TestFactory
  Stream<DynamicTest> everyDefectFiresInASampleThatNamesItsSource() throws IOException {
    List<String> expectations = expectations();
    return KnownDefects.ALL.stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.reference(),
                    () -> assertThat(expectations).anyMatch(e -> e.contains(row.reference()))));
  }

  @TestFactory
  Stream<DynamicTest> everyDefectStandsOnThePage() throws IOException {
    String page = Files.readString(PAGE);
    return KnownDefects.ALL.stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.reference(),
                    () -> assertThat(page).contains(row.reference().replace("#", "/issues/"))));
  }

  private static List<String> expectations() throws IOException {
    List<String> expectations = new ArrayList<>();
    try (Stream<Path> files = Files.list(SAMPLES)) {
      for (Path file : files.toList()) {
        Files.readAllLines(file).stream()
            .filter(line -> line.contains("# expect: DX-001"))
            .forEach(expectations::add);
      }
    }
    return expectations;
  }
}
