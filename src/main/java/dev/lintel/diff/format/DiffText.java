package dev.lintel.diff.format;

import dev.lintel.diff.PathDiff;
import dev.lintel.report.Lines;
import dev.lintel.report.Style;
import java.io.PrintWriter;
import java.io.Writer;

/**
 * Writes a difference for a terminal: a heading for each list, a line for each entry.
 *
 * @param style how it looks
 */
public record DiffText(Style style) implements DiffFormat {

  @Override
  public void write(PathDiff diff, Writer to) {
    PrintWriter out = new PrintWriter(to);
    out.println(style.heading(Sentences.summary(diff)));
    for (Chapter chapter : Chapter.of(diff)) {
      out.println();
      out.println(style.heading("%s (%d)".formatted(chapter.title(), chapter.rows().size())));
      for (Chapter.Row row : chapter.rows()) {
        out.println("  " + Lines.oneLine(row.what()));
        out.println("    " + Lines.oneLine("%s -> %s".formatted(row.before(), row.after())));
      }
    }
    if (!diff.unknown().isEmpty()) {
      out.println();
      out.println(style.heading("Not known (%d)".formatted(diff.unknown().size())));
      diff.unknown().forEach(sentence -> out.println("  " + Lines.oneLine(sentence)));
    }
    Sentences.notes(diff).forEach(note -> out.println(style.aside(Lines.oneLine(note))));
    out.flush();
  }
}
