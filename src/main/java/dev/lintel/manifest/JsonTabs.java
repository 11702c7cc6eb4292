package dev.lintel.manifest;

import java.io.BufferedReader;
import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/**
 * Makes JSON that is indented with tabs readable as YAML, to which it else belongs: a blank stands
 * for each tab between its tokens, so that every place remains what it is. A text that begins like
 * no JSON passes as it is.
 */
final class JsonTabs extends FilterReader {

  /** How many characters may stand before the first brace. */
  private static final int LOOK_AHEAD = 8192;

  private final boolean isJson;
  private boolean isQuoted;
  private boolean isEscaped;

  private JsonTabs(BufferedReader text, boolean isJson) {
    super(text);
    this.isJson = isJson;
  }

  static Reader blanked(Reader text) throws IOException {
    BufferedReader buffered = new BufferedReader(text);
    return new JsonTabs(buffered, isJson(buffered));
  }

  @Override
  public int read() throws IOException {
    int read = super.read();
    return isJson && read >= 0 ? blanked((char) read) : read;
  }

  @Override
  public int read(char[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    for (int i = offset; isJson && i < offset + read; i++) {
      buffer[i] = blanked(buffer[i]);
    }
    return read;
  }

  private char blanked(char read) {
    if (isEscaped) {
      isEscaped = false;
    } else if (read == '"') {
      isQuoted = !isQuoted;
    } else if (read == '\\') {
      isEscaped = isQuoted;
    }
    return read == '\t' && !isQuoted ? ' ' : read;
  }

  private static boolean isJson(BufferedReader text) throws IOException {
    text.mark(LOOK_AHEAD);
    int read = text.read();
    for (int i = 1; i < LOOK_AHEAD && (Character.isWhitespace(read) || read == '\uFEFF'); i++) {
      read = text.read();
    }
    text.reset();
    return read == '{';
  }
}
