package dev.lintel.report;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Renders the Markdown of the rules' pages for a terminal: headings, paragraphs, lists, code.
 *
 * @param style how it looks
 * @param width how many columns paragraphs may take
 */
public record MarkdownText(Style style, int width) {

  private static final Pattern LINK = Pattern.compile("\\[([^\\]]+)\\]\\((https?://[^)]+)\\)");
  private static final Pattern LOCAL_LINK = Pattern.compile("\\[([^\\]]+)\\]\\([^)]+\\)");
  private static final Pattern EMPHASIS = Pattern.compile("\\*\\*([^*]+)\\*\\*");
  private static final String FENCE = "```";
  private static final String BULLET = "* ";
  private static final String INDENT = "    ";

  /** Renders a page; there is a line break at its end. */
  public String render(String markdown) {
    List<String> lines = new ArrayList<>();
    StringBuilder paragraph = new StringBuilder();
    boolean isCode = false;
    for (String line : markdown.lines().toList()) {
      if (line.startsWith(FENCE)) {
        end(paragraph, lines);
        isCode = !isCode;
      } else if (isCode) {
        lines.add((INDENT + line).stripTrailing());
      } else if (line.startsWith("#")) {
        end(paragraph, lines);
        lines.add(style.heading(line.replaceFirst("^#+\\s*", "")));
      } else if (line.isBlank()) {
        end(paragraph, lines);
        lines.add("");
      } else if (line.startsWith("|")) {
        end(paragraph, lines);
        lines.add(inline(line));
      } else {
        if (line.startsWith(BULLET)) {
          end(paragraph, lines);
        }
        paragraph.append(paragraph.isEmpty() ? "" : " ").append(line.strip());
      }
    }
    end(paragraph, lines);
    return String.join(System.lineSeparator(), lines) + System.lineSeparator();
  }

  private void end(StringBuilder paragraph, List<String> lines) {
    if (!paragraph.isEmpty()) {
      String text = paragraph.toString();
      String hang = text.startsWith(BULLET) ? "  " : "";
      wrap(inline(text), hang, lines);
      paragraph.setLength(0);
    }
  }

  private void wrap(String text, String hang, List<String> lines) {
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
        line.append(hang).append(word);
      } else {
        line.append(line.isEmpty() ? "" : " ").append(word);
      }
    }
    lines.add(line.toString());
  }

  private static String inline(String text) {
    String linked = LINK.matcher(text).replaceAll("$1 <$2>");
    String local = LOCAL_LINK.matcher(linked).replaceAll("$1");
    return EMPHASIS.matcher(local).replaceAll("$1");
  }
}
