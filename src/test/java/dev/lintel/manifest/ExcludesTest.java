package dev.lintel.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Patterns mean what they mean in {@code .gitignore}. */
class ExcludesTest {

  private static final Path BASE = Path.of("/repo");

  @ParameterizedTest
  @CsvSource({
    "a.yaml, a.yaml, true",
    "a.yaml, deep/er/a.yaml, true",
    "*.json, deep/a.json, true",
    "*.json, deep/a.yaml, false",
    "/a.yaml, a.yaml, true",
    "/a.yaml, deep/a.yaml, false",
    "deep/a.yaml, deep/a.yaml, true",
    "deep/a.yaml, more/deep/a.yaml, false",
    "vendor, vendor/deep/a.yaml, true",
    "vendor/, vendor/a.yaml, true",
    "vendor/, deep/vendor/a.yaml, true",
    "a.yaml/, a.yaml, false",
    "**/test/*.yaml, test/a.yaml, true",
    "**/test/*.yaml, deep/er/test/a.yaml, true",
    "deep/**/a.yaml, deep/a.yaml, true",
    "deep/**/a.yaml, deep/er/still/a.yaml, true",
    "deep/**, deep/er/a.yaml, true",
    "deep/**, a.yaml, false",
    "a?.yaml, ab.yaml, true",
    "a[0-9].yaml, a7.yaml, true",
    "# a.yaml, a.yaml, false",
  })
  void aPattern(String pattern, String file, boolean isOut) {
    assertThat(Excludes.of(BASE, List.of(pattern)).contains(BASE.resolve(file))).isEqualTo(isOut);
  }

  @Test
  void theLastOneCounts() {
    Excludes excludes =
        Excludes.of(BASE, List.of("*.yaml", "!keep.yaml", "out/", "!out/keep.yaml"));
    assertThat(excludes.contains(BASE.resolve("a.yaml"))).isTrue();
    assertThat(excludes.contains(BASE.resolve("deep/keep.yaml"))).isFalse();
    assertThat(excludes.contains(BASE.resolve("out/keep.yaml"))).isTrue();
  }

  @Test
  void whatIsElsewhereIsNotLeftOut() {
    Excludes excludes = Excludes.of(BASE, List.of("*"));
    assertThat(excludes.contains(Path.of("/other/a.yaml"))).isFalse();
    assertThat(excludes.contains(BASE)).isFalse();
  }

  @Test
  void whatIsNoPatternIsRefused() {
    assertThatThrownBy(() -> Excludes.of(BASE, List.of("[")))
        .isInstanceOf(PatternSyntaxException.class);
  }
}
