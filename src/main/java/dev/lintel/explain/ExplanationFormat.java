package dev.lintel.explain;

import java.io.Writer;

/** A way to write an explanation down. */
public interface ExplanationFormat {

  /**
   * Writes an explanation, with a line break at its end.
   *
   * @throws java.io.UncheckedIOException if it cannot be written
   */
  void write(Explanation explanation, Writer to);
}
