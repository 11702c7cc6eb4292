package dev.lintel.diff.format;

import dev.lintel.diff.PathDiff;
import java.io.Writer;

/** A way to write a difference down. */
public interface DiffFormat {

  /**
   * Writes a difference, with a line break at its end.
   *
   * @throws java.io.UncheckedIOException if it cannot be written
   */
  void write(PathDiff diff, Writer to);
}
