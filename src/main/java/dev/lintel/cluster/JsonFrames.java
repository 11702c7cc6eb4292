package dev.lintel.cluster;

import dev.lintel.resource.JsonBody;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Cuts a stream of JSON objects into values without reading them: it looks for quotation marks and
 * brackets only. So whatever is in a value, its end is found, and the value after it can be read.
 *
 * <p>The idiom is {@code while (nextDocument()) while (nextMember()) switch (name()) { ... default
 * -> skip(); }}. A value is in memory only till the next one is asked for.
 */
final class JsonFrames {

  /** More than the API server stores of one object; the rest of a larger value is passed over. */
  static final int MAX_VALUE = 4 << 20;

  private static final int CHUNK = 16 << 10;
  private static final int MAX_TEXT = 4 << 10;

  private final InputStream in;
  private final byte[] chunk = new byte[CHUNK];
  private int position;
  private int end;

  private byte[] kept = new byte[CHUNK];
  private int length;
  private int limit;
  private boolean isCut;
  private String name = "";

  private int depth;
  private boolean isInText;
  private boolean isEscaped;

  JsonFrames(InputStream in) {
    this.in = in;
  }

  /** Enters the next object of the stream; false where the stream ends. */
  boolean nextDocument() throws IOException {
    if (!toNext()) {
      return false;
    }
    require('{', "an object");
    return true;
  }

  /** Moves to the next member of the object, and to its value; false at the object's end. */
  boolean nextMember() throws IOException {
    if (isEndOf('}')) {
      return false;
    }
    name = text();
    toNextOfDocument();
    require(':', "a colon");
    return true;
  }

  /** Returns the name of the member. */
  String name() {
    return name;
  }

  /** Enters the array that is the value; false for anything else, which is passed over. */
  boolean array() throws IOException {
    toNextOfDocument();
    if (chunk[position] != '[') {
      skip();
      return false;
    }
    position++;
    return true;
  }

  /** Moves to the next element of the array; false at the array's end. */
  boolean nextElement() throws IOException {
    return !isEndOf(']');
  }

  /**
   * Returns the value, or its beginning if it {@linkplain #isCut is too large}; valid till the next
   * value is asked for.
   */
  JsonBody value() throws IOException {
    pass(MAX_VALUE);
    return new JsonBody(kept, length);
  }

  /** Tells whether the last value was larger than what is kept of it. */
  boolean isCut() {
    return isCut;
  }

  /** Returns the value as text without quotation marks; escapes in it are left as they are. */
  String text() throws IOException {
    pass(MAX_TEXT);
    boolean isQuoted = length > 1 && kept[0] == '"';
    return isQuoted
        ? new String(kept, 1, length - 2, StandardCharsets.UTF_8)
        : new String(kept, 0, length, StandardCharsets.UTF_8);
  }

  /** Passes over the value. */
  void skip() throws IOException {
    pass(0);
  }

  /** Reads the stream to its end, so that its connection can be used again. */
  void drain() throws IOException {
    do {
      position = end;
    } while (fill());
  }

  private boolean isEndOf(char bracket) throws IOException {
    toNextOfDocument();
    if (chunk[position] == ',') {
      position++;
      toNextOfDocument();
    }
    if (chunk[position] != bracket) {
      return false;
    }
    position++;
    return true;
  }

  private void pass(int keeps) throws IOException {
    begin(keeps);
    toNextOfDocument();
    boolean isFirst = true;
    while (true) {
      int start = position;
      boolean isWhole = passInChunk();
      if (isFirst && position == start) {
        throw new IOException("the API server's answer is not JSON: a value is missing");
      }
      isFirst = false;
      keep(start, position - start);
      if (isWhole) {
        return;
      }
      fillDocument();
    }
  }

  private void begin(int keeps) {
    if (kept.length > CHUNK && length <= CHUNK) {
      kept = new byte[CHUNK];
    }
    length = 0;
    limit = keeps;
    isCut = false;
    depth = 0;
    isInText = false;
    isEscaped = false;
  }

  /** Goes on to the value's end, which may be in the next chunk: then false. */
  private boolean passInChunk() {
    while (position < end) {
      if (isInText) {
        passText();
        if (!isInText && depth == 0) {
          return true;
        }
        continue;
      }
      switch (chunk[position]) {
        case '"' -> isInText = true;
        case '{', '[' -> depth++;
        case '}', ']' -> {
          if (depth == 0) {
            return true;
          }
          if (--depth == 0) {
            position++;
            return true;
          }
        }
        case ',', ':', ' ', '\n', '\r', '\t' -> {
          if (depth == 0) {
            return true;
          }
        }
        default -> {}
      }
      position++;
    }
    return false;
  }

  private void passText() {
    while (position < end) {
      byte next = chunk[position++];
      if (isEscaped) {
        isEscaped = false;
      } else if (next == '\\') {
        isEscaped = true;
      } else if (next == '"') {
        isInText = false;
        return;
      }
    }
  }

  private void keep(int from, int count) {
    int kind = Math.min(count, limit - length);
    if (length + kind > kept.length) {
      kept = Arrays.copyOf(kept, Math.min(MAX_VALUE, Math.max(2 * kept.length, length + kind)));
    }
    System.arraycopy(chunk, from, kept, length, kind);
    length += kind;
    isCut |= kind < count;
  }

  private void require(char expected, String described) throws IOException {
    if (chunk[position] != expected) {
      throw new IOException(
          "the API server's answer is not JSON: %s is missing".formatted(described));
    }
    position++;
  }

  private void toNextOfDocument() throws IOException {
    if (!toNext()) {
      throw cutOff();
    }
  }

  /** Moves to what is no blank; false where the stream ends. */
  private boolean toNext() throws IOException {
    while (true) {
      while (position < end) {
        switch (chunk[position]) {
          case ' ', '\n', '\r', '\t' -> position++;
          default -> {
            return true;
          }
        }
      }
      if (!fill()) {
        return false;
      }
    }
  }

  private void fillDocument() throws IOException {
    if (!fill()) {
      throw cutOff();
    }
  }

  private boolean fill() throws IOException {
    int read = in.read(chunk, 0, chunk.length);
    position = 0;
    end = Math.max(read, 0);
    return read >= 0;
  }

  private static EOFException cutOff() {
    return new EOFException("the API server's answer ends in the middle");
  }
}
