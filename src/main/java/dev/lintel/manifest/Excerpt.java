package dev.lintel.manifest;

/**
 * The part of a text that one object takes up: whole lines, or what stands between its braces.
 *
 * @param text the text that it is a part of
 * @param start where it begins
 * @param end where it ends
 * @param dash where the dash stands that makes it an element of a list; -1 if there is none
 */
record Excerpt(String text, int start, int end, int dash) {

  static Excerpt of(Manifest manifest) {
    TextEditor editor = new TextEditor(manifest.text(), false);
    String text = manifest.text().text();
    int node = editor.offset(manifest.node());
    int end = editor.contentEnd(manifest.node());
    if (TextEditor.isFlow(manifest.node())) {
      return new Excerpt(text, node, end, -1);
    }
    int start = editor.lineStart(node);
    int dash = text.substring(start, node).isBlank() ? -1 : text.lastIndexOf('-', node);
    return new Excerpt(text, start, editor.lineEnd(end), dash);
  }

  /** Returns the object alone, with every character in its column. */
  String alone() {
    StringBuilder alone = new StringBuilder(text.substring(start, end));
    if (dash >= 0) {
      alone.setCharAt(dash - start, ' ');
    }
    return alone.toString();
  }

  /** Puts an edited form of the object into the text. */
  void put(ManifestText edited, StringBuilder into) {
    into.replace(start, end, edited.text());
    if (dash >= 0) {
      into.setCharAt(dash, '-');
    }
  }
}
