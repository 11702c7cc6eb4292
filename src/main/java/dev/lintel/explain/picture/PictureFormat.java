package dev.lintel.explain.picture;

import java.io.Writer;

/** A way to write a picture down. */
public interface PictureFormat {

  /**
   * Writes a picture, with a line break at its end.
   *
   * @throws java.io.UncheckedIOException if it cannot be written
   */
  void write(Picture picture, Writer to);
}
