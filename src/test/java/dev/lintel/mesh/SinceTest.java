package dev.lintel.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SinceTest {

  private static final Path SOURCES = Path.of("src/main/java/dev/lintel");

  @Test
  void entriesAreByComponentAndAge() {
    assertThat(Since.values())
        .isSortedAccordingTo(Comparator.comparing(Since::component).thenComparing(Since::first));
  }

  @Test
  void theTableInTheDocsIsThisOne() throws IOException {
    String rows =
        Arrays.stream(Since.values())
            .map(
                since ->
                    "| %s | %s | %s | %s |"
                        .formatted(
                            since.component(), spoken(since.first()), since.says(), since.source()))
            .collect(Collectors.joining("\n"));
    assertThat(Files.readString(Path.of("docs/domain.md"))).contains(rows);
  }

  /** A threshold elsewhere is one that the table does not have, or that contradicts it. */
  @Test
  void nobodyElseComparesVersionsWithNumbers() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      List<Path> comparing =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(SinceTest::hasThreshold)
              .map(SOURCES::relativize)
              .toList();
      assertThat(comparing)
          .as("those that say up to which release something was read, and no more")
          .containsExactlyInAnyOrder(
              Path.of("rule/trafficdistribution/RejectedTrafficDistribution.java"),
              Path.of("rule/waypoint/NearMissKey.java"));
    }
  }

  @Test
  void aVersionThatIsNotKnownNeitherHasNorLacksAnything() {
    Since since = Since.BLANK_SELECTOR_SELECTS_NOTHING;
    assertThat(since.isKnownIn(Optional.empty())).isFalse();
    assertThat(since.isKnownToLack(Optional.empty())).isFalse();
    assertThat(since.isKnownIn(Version.parse("1.30.5"))).isTrue();
    assertThat(since.isKnownToLack(Version.parse("1.30.5"))).isFalse();
    assertThat(since.isKnownIn(Version.parse("1.30.4"))).isFalse();
    assertThat(since.isKnownToLack(Version.parse("1.30.4"))).isTrue();
  }

  private static boolean hasThreshold(Path file) {
    try {
      return Files.readString(file)
          .lines()
          .anyMatch(
              line ->
                  line.matches(".*(isAtLeast|Version\\.of|new Version)\\(\\d.*")
                      && !line.contains("Version.of(0, 0)"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String spoken(Version version) {
    String text = version.toString();
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
