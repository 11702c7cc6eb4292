package dev.lintel.report;

import dev.lintel.judge.Judged;
import dev.lintel.report.CheckReport.Entry;
import dev.lintel.rule.Action;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a summary in Markdown, as the page of a pipeline's run shows it: a sum, and a row for each
 * denial and warning. Services cut what is longer than a megabyte, so that rows have an end.
 */
public record MarkdownReport() implements Report {

  private static final int MAX_ROWS = 500;

  private record Row(String action, String place, String text) {}

  @Override
  public void write(CheckReport report, Writer to) {
    PrintWriter out = new PrintWriter(to);
    List<Row> rows = rows(report);
    out.println("### Lintel");
    out.println();
    out.printf(
        "%d %s judged: **%d denied**, %d with warnings%s%n",
        report.entries().size(),
        report.entries().size() == 1 ? "object" : "objects",
        report.denied(),
        report.warned(),
        report.unreadable().isEmpty()
            ? ""
            : "; **%d could not be read**".formatted(report.unreadable().size()));
    if (!rows.isEmpty()) {
      out.println();
      out.println("| | where | what |");
      out.println("|---|---|---|");
      rows.stream().limit(MAX_ROWS).forEach(row -> out.println(line(row)));
    }
    if (rows.size() > MAX_ROWS) {
      out.println();
      out.printf("and %d more%n", rows.size() - MAX_ROWS);
    }
    out.println();
    out.flush();
  }

  private static List<Row> rows(CheckReport report) {
    List<Row> rows = new ArrayList<>();
    report
        .unreadable()
        .forEach(
            file -> rows.add(new Row("unreadable", SourcePath.relative(file.file()), file.said())));
    for (Action action : List.of(Action.DENY, Action.WARN)) {
      for (Entry entry : report.entries()) {
        entry
            .verdict()
            .with(action)
            .forEach(
                judged ->
                    rows.add(new Row(action.word(), place(entry, judged), text(entry, judged))));
      }
    }
    return rows;
  }

  private static String place(Entry entry, Judged judged) {
    return "%s:%d"
        .formatted(SourcePath.relative(entry.manifest().source()), entry.placeOf(judged).line());
  }

  private static String text(Entry entry, Judged judged) {
    return "%s: %s; see %s"
        .formatted(entry.verdict().object().spoken(), entry.line(judged), judged.reference());
  }

  private static String line(Row row) {
    return "| %s | %s | %s |".formatted(row.action, cell(row.place), cell(row.text));
  }

  /** Whoever writes an object must not write the page: no cell ends early, and no tag begins. */
  private static String cell(String text) {
    return Lines.oneLine(text).replace("&", "&amp;").replace("<", "&lt;").replace("|", "\\|");
  }
}
