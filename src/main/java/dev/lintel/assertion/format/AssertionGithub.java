package dev.lintel.assertion.format;

import dev.lintel.assertion.AssertionReport;
import dev.lintel.assertion.AssertionReport.Outcome;
import dev.lintel.assertion.AssertionReport.Result;
import dev.lintel.report.GithubReport;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes a workflow command of GitHub Actions for each assertion that is broken or could not be
 * told, which GitHub shows beside its line.
 *
 * @param source the document of the assertions
 * @param isStrict whether what could not be told is an error
 */
public record AssertionGithub(String source, boolean isStrict) implements AssertionFormat {

  @Override
  public void write(AssertionReport report, Writer to) {
    PrintWriter out = new PrintWriter(to);
    for (Result result : report.results()) {
      if (result.outcome() != Outcome.HOLDS) {
        out.println(
            GithubReport.command(
                isStrict || result.outcome() == Outcome.BROKEN ? "error" : "warning",
                source,
                result.assertion().line(),
                result.assertion().name(),
                text(result)));
      }
    }
    out.flush();
  }

  private static String text(Result result) {
    return Stream.concat(
            result.breaches().stream().map(Phrases::said),
            result.doubts().stream().map(doubt -> "could not be told: " + Phrases.said(doubt)))
        .collect(Collectors.joining("\n"));
  }
}
