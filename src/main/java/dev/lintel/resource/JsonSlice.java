package dev.lintel.resource;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/**
 * An object inside a document, not read yet: its kind may come later in the document, and a
 * document that is passed over needs none of it.
 */
public final class JsonSlice {

  private final JsonBody body;
  private final int start;
  private final int end;

  /**
   * Creates a slice.
   *
   * @param start where the object's first byte is
   * @param end where the first byte after the object is
   */
  JsonSlice(JsonBody body, int start, int end) {
    this.body = body;
    this.start = start;
    this.end = end;
  }

  /** Returns a parser before the object's first token. */
  public JsonParser parser() throws IOException {
    return body.parser(start, end);
  }

  /** Reads the object as somebody wrote it; see {@link Resources#readWritten}. */
  public Resource readWritten(Kind kind) throws MalformedObjectException {
    try (JsonParser parser = parser()) {
      return Resources.readWritten(kind, parser);
    } catch (IOException e) {
      throw new MalformedObjectException("the object cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Reads the object, which the API server holds.
   *
   * @throws MalformedObjectException if a field has a wrong type; the message names the field as
   *     its author knows it
   */
  public Resource read(Kind kind) throws MalformedObjectException {
    return readWritten(kind).stored();
  }
}
