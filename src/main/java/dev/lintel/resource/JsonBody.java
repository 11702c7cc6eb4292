package dev.lintel.resource;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.Optional;

/**
 * A document that the API server wrote, with whole objects somewhere in it.
 *
 * @param bytes JSON in UTF-8; not copied, and not to be changed while it is read
 * @param length how many of the bytes count
 */
@SuppressWarnings("ArrayRecordComponent") // bodies are read once and never compared
public record JsonBody(byte[] bytes, int length) {

  /** As deep as the API server reads itself. */
  private static final int MAX_DEPTH = 10_000;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  /** Returns a parser before the first token. */
  public JsonParser parser() throws IOException {
    return parser(0, length);
  }

  JsonParser parser(int start, int end) throws IOException {
    return JSON.createParser(bytes, start, end - start);
  }

  /**
   * Passes over the object that is the current value, and remembers it.
   *
   * @param parser one of {@link #parser()}
   * @param in stands where the parser stands
   * @return empty for {@code null}
   * @throws MalformedObjectException if it is no object
   */
  public Optional<JsonSlice> slice(JsonParser parser, Cursor in)
      throws IOException, MalformedObjectException {
    if (in.isNull()) {
      return Optional.empty();
    }
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw in.unexpected("an object");
    }
    long start = parser.currentTokenLocation().getByteOffset();
    if (start < 0) {
      throw new MalformedObjectException("the body is not UTF-8");
    }
    in.skip();
    long end = parser.currentLocation().getByteOffset();
    return Optional.of(new JsonSlice(this, (int) start, (int) end));
  }
}
