package dev.lintel.fuzz;

/** What must hold. */
final class Must {

  private Must() {}

  /** Fails unless it holds. */
  static void hold(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }

  /** Fails if a text is empty, or has a character that breaks a line or steers a terminal. */
  static void beOneLine(String text) {
    hold(!text.isBlank(), "a line is blank");
    beOneLineIfAny(text);
  }

  /** Fails if a text has a character that breaks a line or steers a terminal. */
  static void beOneLineIfAny(String text) {
    hold(text.codePoints().noneMatch(Character::isISOControl), "a line is broken: " + text);
  }
}
