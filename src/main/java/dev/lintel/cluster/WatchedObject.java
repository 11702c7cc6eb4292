package dev.lintel.cluster;

import com.fasterxml.jackson.core.JsonParser;
import dev.lintel.resource.JsonBody;
import dev.lintel.resource.MalformedObjectException;
import java.io.IOException;

/**
 * An object as the API server wrote it. Only its identity has been read; the rest is there till the
 * one whom it is handed to returns.
 */
final class WatchedObject {

  private final ObjectId id;
  private final JsonBody body;
  private final boolean isCut;

  private WatchedObject(ObjectId id, JsonBody body, boolean isCut) {
    this.id = id;
    this.body = body;
    this.isCut = isCut;
  }

  /**
   * Returns the object that is the current value.
   *
   * @throws MalformedObjectException if it is no object, or has no metadata
   */
  static WatchedObject read(JsonFrames in) throws IOException, MalformedObjectException {
    JsonBody body = in.value();
    return new WatchedObject(ObjectId.read(body), body, in.isCut());
  }

  /** Returns which object it is. */
  ObjectId id() {
    return id;
  }

  /**
   * Returns a parser before the object's first token.
   *
   * @throws MalformedObjectException if the object is too large
   */
  JsonParser parser() throws IOException, MalformedObjectException {
    if (isCut) {
      throw new MalformedObjectException(
          "the object is larger than %d MiB".formatted(JsonFrames.MAX_VALUE >> 20));
    }
    return body.parser();
  }
}
