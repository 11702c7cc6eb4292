package dev.lintel.resource;

/** Makes JSON that is indented with tabs readable as YAML, to which it else belongs. */
final class JsonTabs {

  private JsonTabs() {}

  /**
   * Returns the text with a blank for each tab between the tokens of JSON, so that every place
   * remains what it is. A text that begins like no JSON is returned as it is.
   */
  static String blanked(String text) {
    if (text.indexOf('\t') < 0 || !isJson(text)) {
      return text;
    }
    StringBuilder blanked = new StringBuilder(text);
    boolean isQuoted = false;
    for (int i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '"' -> isQuoted = !isQuoted;
        case '\\' -> i += isQuoted ? 1 : 0;
        case '\t' -> blanked.setCharAt(i, isQuoted ? '\t' : ' ');
        default -> {}
      }
    }
    return blanked.toString();
  }

  private static boolean isJson(String text) {
    String start = text.stripLeading();
    return start.startsWith("{") || start.startsWith("\uFEFF{");
  }
}
