package dev.lintel.diff.format;

import dev.lintel.diff.PathDiff;
import dev.lintel.report.Lines;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;

/**
 * Writes a difference for a pull request's comment: what it comes to in a short table, and all
 * entries in parts that are folded.
 */
public record DiffMarkdown() implements DiffFormat {

  /** A comment of GitHub holds 65,536 characters; what is beyond is counted. */
  private static final int MOST_ROWS = 100;

  @Override
  public void write(PathDiff diff, Writer to) {
    PrintWriter out = new PrintWriter(to);
    out.println("### Lintel: what changes for requests");
    out.println();
    out.println(Sentences.summary(diff));
    List<Chapter> chapters = Chapter.of(diff);
    if (!chapters.isEmpty()) {
      out.println();
      out.println("| what | changes |");
      out.println("|---|---|");
      chapters.forEach(
          chapter -> out.printf("| %s | %d |%n", chapter.title(), chapter.rows().size()));
    }
    chapters.forEach(chapter -> write(chapter, out));
    if (!diff.unknown().isEmpty()) {
      folded(out, "Not known (%d)".formatted(diff.unknown().size()), diff.unknown());
    }
    List<String> notes = Sentences.notes(diff);
    if (!notes.isEmpty()) {
      folded(out, "What this rests on", notes);
    }
    out.flush();
  }

  private static void write(Chapter chapter, PrintWriter out) {
    open(out, "%s (%d)".formatted(chapter.title(), chapter.rows().size()));
    out.printf("| %s | before | after |%n", chapter.subject());
    out.println("|---|---|---|");
    chapter.rows().stream()
        .limit(MOST_ROWS)
        .forEach(
            row ->
                out.printf(
                    "| %s | %s | %s |%n",
                    escaped(row.what()), escaped(row.before()), escaped(row.after())));
    close(out, chapter.rows().size());
  }

  private static void folded(PrintWriter out, String title, List<String> sentences) {
    open(out, title);
    sentences.stream()
        .limit(MOST_ROWS)
        .forEach(sentence -> out.printf("* %s%n", escaped(sentence)));
    close(out, sentences.size());
  }

  private static void open(PrintWriter out, String title) {
    out.println();
    out.printf("<details><summary>%s</summary>%n", title);
    out.println();
  }

  private static void close(PrintWriter out, int rows) {
    if (rows > MOST_ROWS) {
      out.println();
      out.printf("and %d more%n", rows - MOST_ROWS);
    }
    out.println();
    out.println("</details>");
  }

  /** Names of objects are people's to choose; none of them may end a cell or begin a tag. */
  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    for (char character : Lines.oneLine(text).toCharArray()) {
      switch (character) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '|', '*', '_', '`', '[', ']', '\\', '~', '@', '#' ->
            escaped.append('\\').append(character);
        default -> escaped.append(character);
      }
    }
    return escaped.toString();
  }
}
