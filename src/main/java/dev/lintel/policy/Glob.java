package dev.lintel.policy;

import java.util.List;

/**
 * A name with wildcards: {@code *} stands for any number of characters, {@code ?} for one. Case
 * matters.
 *
 * @param text as written; never empty
 */
public record Glob(String text) {

  private static final String SYNTAX = "[A-Za-z0-9._:@/*?-]{1,253}";

  /** How a list of them is written. */
  static final Form<List<Glob>> LIST =
      Form.listOf(
          Form.text(SYNTAX, 253, "a name, in which * stands for any characters and ? for one")
              .as(Glob::new, Glob::text),
          1);

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
