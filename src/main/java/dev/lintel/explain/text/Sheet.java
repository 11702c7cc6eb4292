package dev.lintel.explain.text;

import dev.lintel.report.Lines;
import dev.lintel.report.Style;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A page of headings and of rows whose values stand below each other. */
final class Sheet {

  /** How wide a line gets before it is broken: what a terminal shows beside another one. */
  private static final int WIDTH = 110;

  private static final int LABEL = 22;
  private static final int STEP = 2;

  private final PrintWriter out;
  private final Style style;

  Sheet(Writer to, Style style) {
    this.out = new PrintWriter(to);
    this.style = style;
  }

  /** Writes a heading, with an empty line before it. */
  void heading(String text) {
    out.println();
    title(text);
  }

  /** Writes a heading at the top of the page. */
  void title(String text) {
    out.println(style.heading(Lines.oneLine(text)));
  }

  /** Writes a line. */
  void line(int depth, String text) {
    write(indent(depth), indent(depth + 1), text);
  }

  /** Writes a line that matters less. */
  void aside(int depth, String text) {
    out.println(indent(depth) + style.aside(Lines.oneLine(text)));
  }

  /** Writes a line that begins with a mark, which may be coloured. */
  void marked(int depth, String mark, String text) {
    String first = indent(depth) + mark + " ";
    write(first, indent(depth + 1), text);
  }

  /** Writes a label and its value. */
  void row(int depth, String label, String value) {
    String hanging = " ".repeat(LABEL + depth * STEP);
    String first = indent(depth) + label;
    write(first + " ".repeat(Math.max(1, hanging.length() - first.length())), hanging, value);
  }

  /** Writes a label and its values, each on a line of its own. */
  void rows(int depth, String label, List<String> values) {
    for (int i = 0; i < values.size(); i++) {
      row(depth, i == 0 ? label : "", values.get(i));
    }
  }

  /**
   * Writes labels of any length, each with its values on lines of their own.
   *
   * @param rows the values by label, in order
   */
  void table(int depth, Map<String, List<String>> rows) {
    int longest = rows.keySet().stream().mapToInt(String::length).max().orElse(0);
    String hanging = indent(depth) + " ".repeat(Math.max(LABEL, longest + STEP));
    rows.forEach(
        (label, values) -> {
          String first = indent(depth) + label;
          for (String value : values) {
            write(first + hanging.substring(first.length()), hanging, value);
            first = "";
          }
        });
  }

  /** Hands on what is written. */
  void end() {
    out.flush();
  }

  private void write(String first, String hanging, String text) {
    List<String> lines = broken(Lines.oneLine(text), WIDTH - hanging.length());
    for (int i = 0; i < lines.size(); i++) {
      out.println((i == 0 ? first : hanging) + lines.get(i));
    }
  }

  /** A word that is longer than a line stays whole: it can be copied. */
  private static List<String> broken(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    int start = text.length() - text.stripLeading().length();
    line.append(text, 0, start);
    boolean isFirst = true;
    for (String word : text.substring(start).split(" ", -1)) {
      if (!isFirst && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
        isFirst = true;
      }
      line.append(isFirst ? "" : " ").append(word);
      isFirst = false;
    }
    lines.add(line.toString());
    return lines;
  }

  private static String indent(int depth) {
    return " ".repeat(depth * STEP);
  }
}
