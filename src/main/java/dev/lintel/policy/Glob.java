package dev.lintel.policy;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A name with wildcards: {@code *} stands for any number of characters, {@code ?} for one. Case
 * matters.
 *
 * @param text as written; never empty
 */
public record Glob(String text) {

  /** How long a glob may be, in characters. */
  static final int MAX_LENGTH = 253;

  private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9._:@/*?-]{1,253}");

  /** What is accepted, as part of a sentence. */
  static final String EXPECTED = "a name, in which * stands for any characters and ? for one";

  /**
   * Reads a name.
   *
   * @return empty if it has characters that no name has
   */
  public static Optional<Glob> parse(String text) {
    return ALLOWED.matcher(text).matches() ? Optional.of(new Glob(text)) : Optional.empty();
  }

  /** Returns the regular expression of what {@link #parse} accepts. */
  static Pattern syntax() {
    return ALLOWED;
  }

  /** Tells whether a name matches as a whole. */
  public boolean matches(String name) {
    int at = 0;
    int glob = 0;
    int star = -1;
    int resume = 0;
    while (at < name.length()) {
      if (glob < text.length() && text.charAt(glob) == '*') {
        star = glob++;
        resume = at;
      } else if (glob < text.length()
          && (text.charAt(glob) == '?' || text.charAt(glob) == name.charAt(at))) {
        glob++;
        at++;
      } else if (star >= 0) {
        glob = star + 1;
        at = ++resume;
      } else {
        return false;
      }
    }
    while (glob < text.length() && text.charAt(glob) == '*') {
      glob++;
    }
    return glob == text.length();
  }

  @Override
  public String toString() {
    return text;
  }
}
