package dev.lintel.assertion.format;

import dev.lintel.assertion.AssertionReport;
import dev.lintel.assertion.AssertionReport.Breach;
import dev.lintel.assertion.AssertionReport.Doubt;
import dev.lintel.assertion.AssertionReport.Outcome;
import dev.lintel.assertion.AssertionReport.Result;
import dev.lintel.report.Lines;
import dev.lintel.report.Style;
import java.io.PrintWriter;
import java.io.Writer;

/**
 * Writes what became of assertions for a terminal: a line for each, below it of what it is not so,
 * the first of these leg by leg.
 *
 * @param style how it looks
 */
public record AssertionText(Style style) implements AssertionFormat {

  @Override
  public void write(AssertionReport report, Writer to) {
    PrintWriter out = new PrintWriter(to);
    report.results().forEach(result -> write(result, out));
    out.printf(
        "%s: holds %d, broken %d, untold %d%n",
        Phrases.counted(report.results().size(), "assertion", "assertions"),
        report.count(Outcome.HOLDS),
        report.count(Outcome.BROKEN),
        report.count(Outcome.UNTOLD));
    out.flush();
  }

  private void write(Result result, PrintWriter out) {
    out.println(
        "%s %s (%s; %s)"
            .formatted(
                word(result.outcome()),
                Lines.oneLine(result.assertion().name()),
                Lines.oneLine(result.assertion().claim().spoken()),
                Phrases.extent(result)));
    for (Breach breach : result.breaches()) {
      out.println("  " + Lines.oneLine(Phrases.said(breach)));
    }
    more(result.moreBreaches(), "like these", out);
    for (Doubt doubt : result.doubts()) {
      out.println("  " + style.aside(Lines.oneLine("could not be told: " + Phrases.said(doubt))));
    }
    more(result.moreDoubts(), "that could not be told", out);
    result
        .assumed()
        .forEach(
            sentence -> out.println("  " + style.aside(Lines.oneLine("[assumed] " + sentence))));
    result.breaches().stream()
        .limit(1)
        .flatMap(breach -> Phrases.explained(breach, style).lines())
        .forEach(line -> out.println(line.isEmpty() ? "" : "    " + line));
    if (!result.breaches().isEmpty()) {
      out.println();
    }
  }

  private static void more(int count, String what, PrintWriter out) {
    if (count > 0) {
      out.printf("  and %d more %s%n", count, what);
    }
  }

  private String word(Outcome outcome) {
    return switch (outcome) {
      case HOLDS -> style.good("holds ");
      case BROKEN -> style.bad("broken");
      case UNTOLD -> style.heading("untold");
    };
  }
}
