package dev.lintel.replay;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Splits a stream into lines, of which only one is in memory at a time. */
final class AuditLines {

  private static final int CHUNK = 1 << 16;

  private final InputStream in;
  private final int max;
  private final byte[] chunk = new byte[CHUNK];
  private int position;
  private int end;
  private byte[] line = new byte[CHUNK];
  private int length;
  private boolean isCut;
  private long number;

  /**
   * Creates lines.
   *
   * @param max how many bytes a line may have; the rest of a longer one is passed over
   */
  AuditLines(InputStream in, int max) {
    this.in = in;
    this.max = max;
  }

  /** Moves to the next line; false at the end. */
  boolean next() throws IOException {
    length = 0;
    isCut = false;
    if (position == end && !fill()) {
      return false;
    }
    number++;
    while (position < end || fill()) {
      int start = position;
      while (position < end && chunk[position] != '\n') {
        position++;
      }
      append(start, position - start);
      if (position < end) {
        position++;
        return true;
      }
    }
    return true;
  }

  /** Returns the line's bytes, of which {@link #length()} count; they change with the next line. */
  byte[] bytes() {
    return line;
  }

  /** Returns how many bytes the line has. */
  int length() {
    return length;
  }

  /** Tells whether the line is longer than it may be. */
  boolean isCut() {
    return isCut;
  }

  /** Returns the line's number, from 1. */
  long number() {
    return number;
  }

  private boolean fill() throws IOException {
    position = 0;
    end = Math.max(in.read(chunk), 0);
    return end > 0;
  }

  private void append(int start, int count) {
    if (isCut || length + count > max) {
      isCut = true;
      return;
    }
    if (length + count > line.length) {
      line = Arrays.copyOf(line, Math.min(max, Math.max(line.length * 2, length + count)));
    }
    System.arraycopy(chunk, start, line, length, count);
    length += count;
  }
}
