package dev.lintel.rule;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Guesses which word a misspelt one was meant to be. */
public final class Spelling {

  /** How many letters may differ: more would be another word. */
  private static final int MAX_DISTANCE = 2;

  /** Longer than any word that is compared with; keeps the cost small, whatever is written. */
  private static final int MAX_LENGTH = 64;

  private Spelling() {}

  /**
   * Returns the word that differs least from what is written, letter case and surrounding blanks
   * aside; of several, the first in alphabetical order.
   *
   * @return empty if none is near
   */
  public static Optional<String> nearest(String written, Collection<String> words) {
    String stripped = written.strip();
    if (stripped.isEmpty() || stripped.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    String plain = stripped.toLowerCase(Locale.ROOT);
    return words.stream()
        .min(
            Comparator.<String>comparingInt(word -> distance(plain, word))
                .thenComparing(Comparator.naturalOrder()))
        .filter(word -> distance(plain, word) <= Math.min(MAX_DISTANCE, plain.length() / 2));
  }

  /** Tells whether only letter case and surrounding blanks differ. */
  public static boolean isSameWord(String written, String word) {
    return written.strip().equalsIgnoreCase(word);
  }

  /** Counts the letters to insert, drop or change (Levenshtein). */
  private static int distance(String plain, String word) {
    String other = word.toLowerCase(Locale.ROOT);
    int[] row = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= plain.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int changed = diagonal + (plain.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[other.length()];
  }
}
