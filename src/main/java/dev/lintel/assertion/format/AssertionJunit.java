package dev.lintel.assertion.format;

import dev.lintel.assertion.AssertionReport;
import dev.lintel.assertion.AssertionReport.Outcome;
import dev.lintel.assertion.AssertionReport.Result;
import dev.lintel.report.JunitXml;
import dev.lintel.report.JunitXml.Case;
import dev.lintel.report.JunitXml.Problem;
import dev.lintel.report.JunitXml.Suite;
import dev.lintel.report.Style;
import java.io.Writer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes JUnit's XML: a case for each assertion. What could not be told stands in its output.
 *
 * @param source the document of the assertions
 * @param isStrict whether what could not be told fails
 */
public record AssertionJunit(String source, boolean isStrict) implements AssertionFormat {

  @Override
  public void write(AssertionReport report, Writer to) {
    List<Case> cases = report.results().stream().map(this::caseOf).toList();
    JunitXml.write("lintel assert", List.of(new Suite(source, cases)), to);
  }

  private Case caseOf(Result result) {
    return new Case(
        source,
        result.assertion().name(),
        source,
        result.assertion().line(),
        problem(result),
        isStrict ? "" : doubts(result));
  }

  private Optional<Problem> problem(Result result) {
    boolean fails =
        result.outcome() == Outcome.BROKEN || (isStrict && result.outcome() == Outcome.UNTOLD);
    if (!fails) {
      return Optional.empty();
    }
    String breaches =
        result.breaches().stream()
            .map(breach -> Phrases.said(breach) + "\n" + Phrases.explained(breach, Style.PLAIN))
            .collect(Collectors.joining("\n"));
    String text =
        Stream.of(breaches, isStrict ? doubts(result) : "")
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining("\n"));
    return Optional.of(
        new Problem(
            false,
            result.outcome() == Outcome.BROKEN ? "broken" : "untold",
            text.lines().findFirst().orElse(""),
            text));
  }

  private static String doubts(Result result) {
    return result.doubts().stream()
        .map(doubt -> "could not be told: " + Phrases.said(doubt))
        .collect(Collectors.joining("\n"));
  }
}
