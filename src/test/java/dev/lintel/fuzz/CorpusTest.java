package dev.lintel.fuzz;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What fuzzing started from and what it found is tried every time. */
class CorpusTest {

  private static final Path CORPUS = Path.of("src/test/resources/fuzz");

  /** The seeds are samples, which other tests judge one by one: some of each target are enough. */
  private static final int SEEDS = 40;

  /** An input that fuzzing found. */
  record Found(Targets target, Path file) {
    @Override
    public String toString() {
      return CORPUS.relativize(file).toString();
    }
  }

  static List<Found> found() throws IOException {
    try (Stream<Path> files = Files.walk(CORPUS)) {
      return files.filter(Files::isRegularFile).sorted().map(CorpusTest::found).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("found")
  void whatFuzzingFoundHolds(Found found) throws IOException {
    byte[] input = Files.readAllBytes(found.file());
    new Checks(found.target().make()).check(input);
  }

  @ParameterizedTest
  @MethodSource("found")
  void whatFuzzingFoundCostsNoMoreThanItsSize(Found found) throws IOException {
    byte[] input = Files.readAllBytes(found.file());
    new Checks(found.target().make()).checkCost(input);
  }

  @ParameterizedTest
  @EnumSource
  void whatHonestUsersSendHolds(Targets targets) {
    Target target = targets.make();
    Checks checks = new Checks(target);
    List<byte[]> seeds = target.seeds();
    int step = Math.max(1, seeds.size() / SEEDS);
    for (int i = 0; i < seeds.size(); i += step) {
      int number = i;
      assertThatCode(() -> target.check(seeds.get(number)))
          .as("seed %d of %s", number, targets)
          .doesNotThrowAnyException();
      if (i % (8 * step) == 0) {
        checks.checkCost(seeds.get(i));
      }
    }
  }

  private static Found found(Path file) {
    try {
      String folder = CORPUS.relativize(file).getName(0).toString();
      return new Found(Targets.valueOf(folder.toUpperCase(java.util.Locale.ROOT)), file);
    } catch (IllegalArgumentException e) {
      throw new UncheckedIOException(new IOException("no target of this name: " + file, e));
    }
  }
}
