package dev.lintel.report;

/** Makes texts fit for one line of a warning or a log, whoever had a hand in them. */
public final class Lines {

  private static final String CUT = "...";
  private static final int BRIEF = 250;

  private Lines() {}

  /** Returns the text without control characters and characters that only steer its display. */
  public static String oneLine(String text) {
    return text.codePoints()
        .map(Lines::visible)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /**
   * Returns the text on one line.
   *
   * @param max how many characters it may have; more are cut
   */
  public static String shortened(String text, int max) {
    String line = oneLine(text);
    if (line.length() <= max) {
      return line;
    }
    int end = max - CUT.length();
    return line.substring(0, Character.isHighSurrogate(line.charAt(end - 1)) ? end - 1 : end) + CUT;
  }

  /** Returns the text on one line, short enough for a log that strangers write to. */
  public static String brief(String text) {
    return shortened(text, BRIEF);
  }

  private static int visible(int character) {
    boolean steers =
        Character.isISOControl(character) || Character.getType(character) == Character.FORMAT;
    return steers ? ' ' : character;
  }
}
