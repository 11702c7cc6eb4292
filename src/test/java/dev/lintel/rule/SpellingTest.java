package dev.lintel.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpellingTest {

  private static final List<String> WORDS = List.of("PreferSameZone", "PreferSameNode", "Any");

  @Test
  void aWordWithTwoWrongLettersIsRecognised() {
    assertThat(Spelling.nearest("PreferSammeZon", WORDS)).contains("PreferSameZone");
  }

  @Test
  void letterCaseAndSurroundingBlanksDoNotCount() {
    assertThat(Spelling.nearest("  PREFERSAMENODE ", WORDS)).contains("PreferSameNode");
  }

  @Test
  void ofWordsThatAreEquallyNearTheFirstInTheAlphabetIsMeant() {
    assertThat(Spelling.nearest("TD-01", List.of("TD-015", "TD-001", "TD-010"))).contains("TD-001");
  }

  @Test
  void anotherWordIsNotRecognised() {
    assertThat(Spelling.nearest("Local", WORDS)).isEmpty();
  }

  @Test
  void aShortWordIsNotTakenForWhateverIsShort() {
    assertThat(Spelling.nearest("on", WORDS)).isEmpty();
  }

  @Test
  void nothingIsNearToNothing() {
    assertThat(Spelling.nearest(" ", WORDS)).isEmpty();
  }

  @Test
  void aVeryLongValueIsNotCompared() {
    assertThat(Spelling.nearest("PreferSameZone".repeat(1000), WORDS)).isEmpty();
  }

  @Test
  void theSameWordMayDifferInLetterCaseAndBlanksOnly() {
    assertThat(Spelling.isSameWord(" ANY", "Any")).isTrue();
    assertThat(Spelling.isSameWord("Anny", "Any")).isFalse();
  }
}
