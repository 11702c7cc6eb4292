package dev.lintel.cli;

import dev.lintel.judge.Judged;
import dev.lintel.report.JunitXml;
import dev.lintel.report.JunitXml.Case;
import dev.lintel.report.JunitXml.Problem;
import dev.lintel.report.JunitXml.Suite;
import dev.lintel.report.Style;
import dev.lintel.sample.Comparison;
import dev.lintel.sample.Expectation;
import dev.lintel.sample.Sample;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What came of running samples.
 *
 * @param results one for each sample, in their order
 */
record TestReport(List<Result> results) {

  /** What came of one sample. */
  sealed interface Result {

    /** Returns where it stands. */
    Path file();

    /** The sample was judged. */
    record Compared(Comparison comparison) implements Result {
      @Override
      public Path file() {
        return comparison.sample().file();
      }
    }

    /**
     * The sample could not be read.
     *
     * @param problem which file, where in it, and what is wrong
     */
    record Unreadable(Path file, String problem) implements Result {}
  }

  /** Returns how many samples were judged otherwise than they expect. */
  long failed() {
    return results.stream()
        .filter(
            result ->
                result instanceof Result.Compared compared && !compared.comparison().isAsExpected())
        .count();
  }

  /** Returns how many samples could not be read. */
  long unreadable() {
    return results.stream().filter(Result.Unreadable.class::isInstance).count();
  }

  /** Writes a line for each sample, and what differs below it. */
  void writeText(Style style, PrintWriter out) {
    for (Result result : results) {
      switch (result) {
        case Result.Unreadable unreadable ->
            out.println(style.bad("fail") + " " + unreadable.problem());
        case Result.Compared compared when compared.comparison().isAsExpected() ->
            out.println(style.good("pass") + " " + result.file());
        case Result.Compared compared -> {
          out.println(style.bad("fail") + " " + result.file());
          differences(compared.comparison()).forEach(line -> out.println("     " + line));
        }
      }
    }
    out.println(sum());
    out.flush();
  }

  /** Writes JUnit's XML: a suite for each folder, a case for each sample. */
  void writeJunit(PrintWriter out) {
    Map<String, List<Case>> folders = new LinkedHashMap<>();
    for (Result result : results) {
      String folder =
          Optional.ofNullable(result.file().getParent()).map(Path::toString).orElse(".");
      folders.computeIfAbsent(folder, key -> new ArrayList<>()).add(caseOf(folder, result));
    }
    JunitXml.write(
        "lintel test",
        folders.entrySet().stream()
            .map(folder -> new Suite(folder.getKey(), folder.getValue()))
            .toList(),
        out);
  }

  private static Case caseOf(String folder, Result result) {
    String name = String.valueOf(result.file().getFileName()).replaceFirst("\\.[a-z]+$", "");
    int line =
        result instanceof Result.Compared compared
            ? compared.comparison().sample().written().place().line()
            : 1;
    return new Case(folder, name, result.file().toString(), line, problem(result), "");
  }

  private static Optional<Problem> problem(Result result) {
    return switch (result) {
      case Result.Unreadable(Path file, String problem) ->
          Optional.of(new Problem(true, "unreadable", problem, problem));
      case Result.Compared(Comparison comparison) when comparison.isAsExpected() ->
          Optional.empty();
      case Result.Compared(Comparison comparison) -> {
        List<String> lines = differences(comparison);
        yield Optional.of(
            new Problem(false, "unexpected", lines.getFirst(), String.join("\n", lines)));
      }
    };
  }

  private String sum() {
    int all = results.size();
    return "%d %s: %d passed, %d failed%s"
        .formatted(
            all,
            all == 1 ? "sample" : "samples",
            all - failed() - unreadable(),
            failed(),
            unreadable() == 0 ? "" : ", %d unreadable".formatted(unreadable()));
  }

  /** Says what is expected and not found, with what comes nearest; then what else is found. */
  private static List<String> differences(Comparison comparison) {
    List<String> lines = new ArrayList<>();
    List<Judged> others = new ArrayList<>(comparison.unexpected());
    for (Expectation expected : comparison.missing()) {
      lines.add("line %d: expected %s".formatted(expected.number(), expected));
      Optional<Judged> nearest = comparison.nearest(expected);
      nearest.ifPresent(others::remove);
      lines.add(
          nearest
              .map(
                  found ->
                      "  found %s (%s)"
                          .formatted(
                              finding(comparison.sample(), found),
                              comparison.difference(expected, found)))
              .orElse("  found nothing by " + expected.code()));
    }
    for (Judged found : others) {
      lines.add(
          "line %d: not expected: %s"
              .formatted(line(comparison.sample(), found), finding(comparison.sample(), found)));
    }
    return lines;
  }

  private static String finding(Sample sample, Judged found) {
    String dependent = found.subject().equals(sample.write().ref()) ? "" : " on " + found.subject();
    return "%s %s%s: %s"
        .formatted(
            found.rule().code(), found.action().word(), dependent, found.finding().message());
  }

  private static int line(Sample sample, Judged found) {
    boolean isOwn = found.subject().equals(sample.write().ref());
    return sample.written().place(isOwn ? found.finding().field().text() : "metadata.name").line();
  }
}
