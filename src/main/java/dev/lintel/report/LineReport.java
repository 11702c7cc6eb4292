package dev.lintel.report;

import java.io.PrintWriter;
import java.io.Writer;

/**
 * Writes a line for each finding and nothing else, for grep and for editors: the place, what comes
 * of it, the rule's code and the message.
 *
 * @param style how it looks
 */
public record LineReport(Style style) implements Report {

  @Override
  public void write(CheckReport report, Writer to) {
    PrintWriter out = new PrintWriter(to);
    Findings.of(report).forEach(found -> out.println(found.head(style)));
    out.flush();
  }
}
