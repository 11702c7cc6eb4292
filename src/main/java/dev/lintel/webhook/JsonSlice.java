package dev.lintel.webhook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.lintel.resource.Kind;
import dev.lintel.resource.MalformedObjectException;
import dev.lintel.resource.Resource;
import dev.lintel.resource.Resources;
import java.io.IOException;

/**
 * An object inside a review's body, not read yet: its kind may come later in the body, and a review
 * that passes needs none of it.
 */
final class JsonSlice {

  private final JsonFactory json;
  private final byte[] body;
  private final int start;
  private final int end;

  /**
   * Creates a slice.
   *
   * @param body the whole body; not copied, and not to be changed
   * @param start where the object's first byte is
   * @param end where the first byte after the object is
   */
  JsonSlice(JsonFactory json, byte[] body, int start, int end) {
    this.json = json;
    this.body = body;
    this.start = start;
    this.end = end;
  }

  /** Returns a parser before the object's first token. */
  JsonParser parser() throws IOException {
    return json.createParser(body, start, end - start);
  }

  /**
   * Reads the object.
   *
   * @throws MalformedObjectException if a field has a wrong type; the message names the field as
   *     its author knows it
   */
  Resource read(Kind kind) throws MalformedObjectException {
    try (JsonParser parser = parser()) {
      return Resources.read(kind, parser);
    } catch (IOException e) {
      throw new MalformedObjectException("the object cannot be read: " + e.getMessage(), e);
    }
  }
}
