package dev.lintel.report;

import dev.lintel.rule.Action;

/** How a text looks to people. */
public enum Style {
  /** For files and programs. */
  PLAIN,
  /** For terminals. */
  COLOURED;

  private static final String RED = "31";
  private static final String GREEN = "32";
  private static final String YELLOW = "33";
  private static final String BOLD = "1";
  private static final String FAINT = "2";

  /** Returns the word of an action, as wide as every other. */
  public String action(Action action) {
    return switch (action) {
      case DENY -> dyed(BOLD + ";" + RED, "deny ");
      case WARN -> dyed(YELLOW, "warn ");
      case AUDIT, OFF -> dyed(FAINT, action.word());
    };
  }

  /** Returns the word of an action. */
  public String word(Action action) {
    return switch (action) {
      case DENY -> dyed(BOLD + ";" + RED, action.word());
      case WARN -> dyed(YELLOW, action.word());
      case AUDIT, OFF -> dyed(FAINT, action.word());
    };
  }

  /** Returns a text that stands out. */
  public String heading(String text) {
    return dyed(BOLD, text);
  }

  /** Returns a text that may be passed over. */
  public String aside(String text) {
    return dyed(FAINT, text);
  }

  /** Returns a word for what went well. */
  public String good(String word) {
    return dyed(GREEN, word);
  }

  /** Returns a word for what went wrong. */
  public String bad(String word) {
    return dyed(BOLD + ";" + RED, word);
  }

  /** Returns a line that an edit takes away. */
  public String removed(String line) {
    return dyed(RED, "- " + line);
  }

  /** Returns a line that an edit brings. */
  public String added(String line) {
    return dyed(GREEN, "+ " + line);
  }

  private String dyed(String colour, String text) {
    return this == PLAIN ? text : "\033[" + colour + "m" + text + "\033[0m";
  }
}
