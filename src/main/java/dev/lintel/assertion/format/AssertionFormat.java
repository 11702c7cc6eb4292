package dev.lintel.assertion.format;

import dev.lintel.assertion.AssertionReport;
import java.io.Writer;

/** A way to write down what became of assertions. */
public interface AssertionFormat {

  /**
   * Writes a report, with a line break at its end.
   *
   * @throws java.io.UncheckedIOException if it cannot be written
   */
  void write(AssertionReport report, Writer to);
}
