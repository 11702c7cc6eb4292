package dev.lintel.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.lintel.replay.Outcome;
import dev.lintel.replay.Outcome.Example;
import dev.lintel.replay.Outcome.Row;
import dev.lintel.report.JsonReport.Syntax;
import dev.lintel.report.JsonText;
import dev.lintel.report.Lines;
import dev.lintel.report.Style;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Writes what came of a replay.
 *
 * @param by what writes are counted by
 */
record ReplayReport(Outcome outcome, By by) {

  private static final int MAX_ROWS = 20;

  /** The sides of a write that it may be counted by. */
  enum By {
    RULE,
    NAMESPACE,
    USER,
    TIME,
    ALL;

    private boolean has(By side) {
      return this == ALL || this == side;
    }
  }

  /** Writes sums and tables for people. */
  void writeText(Style style, PrintWriter out) {
    outcome
        .first()
        .ifPresent(first -> out.printf("%s to %s%n", first, outcome.last().orElse(first)));
    out.printf(
        Locale.ROOT,
        "%s, %s judged: %,d would have been denied, %,d warned about%n",
        counted(outcome.events(), "event"),
        counted(outcome.judged(), "write"),
        outcome.denied(),
        outcome.warned());
    notes().forEach(note -> out.println("  " + note));
    if (by.has(By.RULE)) {
      writeRules(style, out);
    }
    if (by.has(By.NAMESPACE)) {
      writeTable("NAMESPACE", outcome.namespaces(), true, style, out);
    }
    if (by.has(By.USER)) {
      writeTable("USER", outcome.users(), true, style, out);
    }
    if (by.has(By.TIME)) {
      writeTable("TIME", outcome.times(), false, style, out);
    }
    out.flush();
  }

  private List<String> notes() {
    return List.of(
            note(outcome.refused(), "of them were refused by something else"),
            note(outcome.dryRuns(), "of them were dry runs"),
            note(
                outcome.withoutEarlierForm(),
                "of them changed an object whose earlier form is not known: warned about at most"),
            note(outcome.unjudged(), "more could not be judged: the log does not hold the object"),
            note(
                outcome.unfollowed(),
                "deletions of several objects do not tell which: they may still count as there"),
            outcome.unreadableLines() == 0
                ? List.<String>of()
                : List.of(counted(outcome.unreadableLines(), "line") + " could not be read:"),
            outcome.unreadable().stream().map(line -> "  " + line).toList())
        .stream()
        .flatMap(List::stream)
        .toList();
  }

  private static String counted(long count, String what) {
    return String.format(Locale.ROOT, "%,d %s%s", count, what, count == 1 ? "" : "s");
  }

  private static List<String> note(long count, String what) {
    return count == 0 ? List.of() : List.of(String.format(Locale.ROOT, "%,d %s", count, what));
  }

  private void writeRules(Style style, PrintWriter out) {
    writeHead("RULE", style, out);
    for (Row row : outcome.rules()) {
      out.println(line(row));
      outcome
          .example(row.key())
          .ifPresent(
              example -> {
                out.println(
                    style.aside(
                        "    %s by %s, %s"
                            .formatted(example.object(), example.user(), example.time())));
                out.println(style.aside("    " + Lines.oneLine(example.message())));
              });
    }
  }

  private static void writeTable(
      String name, List<Row> rows, boolean isCut, Style style, PrintWriter out) {
    writeHead(name, style, out);
    rows.stream().limit(isCut ? MAX_ROWS : Long.MAX_VALUE).forEach(row -> out.println(line(row)));
    if (isCut && rows.size() > MAX_ROWS) {
      out.println(style.aside("  and %d more; -o json has all".formatted(rows.size() - MAX_ROWS)));
    }
  }

  private static void writeHead(String name, Style style, PrintWriter out) {
    out.println();
    out.println(style.heading("%8s %8s %8s  %s".formatted("DENIED", "WARNED", "OBJECTS", name)));
  }

  private static String line(Row row) {
    return String.format(
        Locale.ROOT,
        "%,8d %,8d %,8d  %s",
        row.denied(),
        row.warned(),
        row.objects(),
        Lines.oneLine(row.key()));
  }

  /** Writes the document {@code ReplayReport} of {@code lintel.dev/v1}. */
  void writeJson(PrintWriter to) {
    JsonText.write(
        Syntax.JSON,
        to,
        out -> {
          out.writeStartObject();
          out.writeStringField("apiVersion", "lintel.dev/v1");
          out.writeStringField("kind", "ReplayReport");
          writeSummary(out);
          if (by.has(By.RULE)) {
            writeRows(out, "rules", "code", outcome.rules());
          }
          if (by.has(By.NAMESPACE)) {
            writeRows(out, "namespaces", "namespace", outcome.namespaces());
          }
          if (by.has(By.USER)) {
            writeRows(out, "users", "user", outcome.users());
          }
          if (by.has(By.TIME)) {
            writeRows(out, "times", "time", outcome.times());
          }
          out.writeEndObject();
        });
    to.flush();
  }

  private void writeSummary(JsonGenerator out) throws IOException {
    out.writeObjectFieldStart("summary");
    if (outcome.first().isPresent()) {
      out.writeStringField("first", outcome.first().get().toString());
      out.writeStringField("last", outcome.last().orElse(outcome.first().get()).toString());
    }
    out.writeNumberField("events", outcome.events());
    out.writeNumberField("judged", outcome.judged());
    out.writeNumberField("denied", outcome.denied());
    out.writeNumberField("warned", outcome.warned());
    out.writeNumberField("refusedByOthers", outcome.refused());
    out.writeNumberField("dryRuns", outcome.dryRuns());
    out.writeNumberField("withoutEarlierForm", outcome.withoutEarlierForm());
    out.writeNumberField("notJudged", outcome.unjudged());
    out.writeNumberField("unclearDeletions", outcome.unfollowed());
    out.writeNumberField("unreadableLines", outcome.unreadableLines());
    out.writeArrayFieldStart("unreadable");
    for (String line : outcome.unreadable()) {
      out.writeString(line);
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private void writeRows(JsonGenerator out, String name, String key, List<Row> rows)
      throws IOException {
    out.writeArrayFieldStart(name);
    for (Row row : rows) {
      out.writeStartObject();
      out.writeStringField(key, row.key());
      out.writeNumberField("denied", row.denied());
      out.writeNumberField("warned", row.warned());
      out.writeNumberField("objects", row.objects());
      if (key.equals("code")) {
        writeExample(out, outcome.example(row.key()));
      }
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static void writeExample(JsonGenerator out, Optional<Example> found) throws IOException {
    if (found.isPresent()) {
      Example example = found.get();
      out.writeObjectFieldStart("example");
      out.writeStringField("time", example.time().toString());
      out.writeStringField("object", example.object());
      out.writeStringField("user", example.user());
      out.writeStringField("action", example.isDenied() ? "deny" : "warn");
      out.writeStringField("message", example.message());
      out.writeEndObject();
    }
  }
}
