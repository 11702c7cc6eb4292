package dev.lintel.report;

import java.io.Writer;

/** Writes what was judged in one format. */
public sealed interface Report
    permits GithubReport, JsonReport, JunitReport, LineReport, RuleReport, SarifReport, TextReport {

  /**
   * Writes the report, with a line break at its end, and leaves the writer open.
   *
   * @throws java.io.UncheckedIOException if it cannot be written
   */
  void write(CheckReport report, Writer to);
}
