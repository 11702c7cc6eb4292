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

  String action(Action action) {
    return switch (action) {
      case DENY -> dyed(BOLD + ";" + RED, "deny ");
      case WARN -> dyed(YELLOW, "warn ");
      case AUDIT, OFF -> dyed(FAINT, action.word());
    };
  }

  String heading(String text) {
    return dyed(BOLD, text);
  }

  String aside(String text) {
    return dyed(FAINT, text);
  }

  String removed(String line) {
    return dyed(RED, "- " + line);
  }

  String added(String line) {
    return dyed(GREEN, "+ " + line);
  }

  private String dyed(String colour, String text) {
    return this == PLAIN ? text : "\033[" + colour + "m" + text + "\033[0m";
  }
}
