package dev.lintel.cluster;

import com.fasterxml.jackson.core.JsonParser;
import dev.lintel.resource.JsonBody;
import dev.lintel.resource.MalformedObjectException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads the events of a watch, one after the other. */
final class WatchEvents {

  private final JsonFrames frames;

  WatchEvents(InputStream in) {
    this.frames = new JsonFrames(in);
  }

  /** What an event tells. */
  enum Type {
    /** An object was created or changed. */
    PUT,
    /** An object is gone. */
    REMOVED,
    /** Nothing has happened up to the version. */
    BOOKMARK,
    /** It cannot be said what. */
    UNREADABLE
  }

  /**
   * An event.
   *
   * @param object empty only if it is unreadable
   * @param problem says what is wrong with an unreadable one, and is empty otherwise
   */
  record Event(Type type, Optional<WatchedObject> object, String problem) {}

  /**
   * Waits for the next event.
   *
   * @return empty where the watch ends in good order
   * @throws RefusedException if the event is an error; {@link RefusedException#GONE} says that the
   *     objects have to be listed again
   * @throws IOException if the watch breaks
   */
  Optional<Event> next() throws IOException {
    if (!frames.nextDocument()) {
      return Optional.empty();
    }
    String type = "";
    Event event = new Event(Type.UNREADABLE, Optional.empty(), "the event has no object");
    while (frames.nextMember()) {
      switch (frames.name()) {
        case "type" -> type = frames.text();
        case "object" -> event = readObject(type);
        default -> frames.skip();
      }
    }
    return Optional.of(event);
  }

  /** The API server writes the type first. */
  private Event readObject(String type) throws IOException {
    return switch (type) {
      case "ADDED", "MODIFIED" -> of(Type.PUT);
      case "DELETED" -> of(Type.REMOVED);
      case "BOOKMARK" -> of(Type.BOOKMARK);
      case "ERROR" -> throw readError(frames.value());
      default -> {
        frames.skip();
        throw new IOException("the API server sends an unknown event");
      }
    };
  }

  private Event of(Type type) throws IOException {
    try {
      return new Event(type, Optional.of(WatchedObject.read(frames)), "");
    } catch (MalformedObjectException e) {
      return new Event(Type.UNREADABLE, Optional.empty(), String.valueOf(e.getMessage()));
    }
  }

  private static RefusedException readError(JsonBody status) throws IOException {
    try (JsonParser parser = status.parser()) {
      return ApiServer.refusal(parser, 0);
    }
  }
}
