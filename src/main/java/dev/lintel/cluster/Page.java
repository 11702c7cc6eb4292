package dev.lintel.cluster;

import com.fasterxml.jackson.core.JsonParser;
import dev.lintel.resource.Cursor;
import dev.lintel.resource.JsonBody;
import dev.lintel.resource.MalformedObjectException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/**
 * What a page of a list says beside its objects.
 *
 * @param version the list's resource version, from which on it can be watched
 * @param next asks for the next page; empty for the last one
 */
record Page(String version, String next) {

  /**
   * Reads a page, and hands its objects out one by one.
   *
   * @param unreadable is told of objects without a name
   * @throws IOException if this is no list, or not all of it
   */
  static Page read(InputStream in, Consumer<WatchedObject> objects, Consumer<String> unreadable)
      throws IOException {
    JsonFrames frames = new JsonFrames(in);
    if (!frames.nextDocument()) {
      throw new EOFException("the API server's answer is empty");
    }
    Page page = new Page("", "");
    while (frames.nextMember()) {
      switch (frames.name()) {
        case "items" -> readItems(frames, objects, unreadable);
        case "metadata" -> page = readMetadata(frames.value());
        default -> frames.skip();
      }
    }
    frames.drain();
    if (page.version.isEmpty()) {
      throw new IOException("the API server's answer is no list");
    }
    return page;
  }

  private static void readItems(
      JsonFrames frames, Consumer<WatchedObject> objects, Consumer<String> unreadable)
      throws IOException {
    if (!frames.array()) {
      return;
    }
    while (frames.nextElement()) {
      try {
        objects.accept(WatchedObject.read(frames));
      } catch (MalformedObjectException e) {
        unreadable.accept(String.valueOf(e.getMessage()));
      }
    }
  }

  private static Page readMetadata(JsonBody metadata) throws IOException {
    String version = "";
    String next = "";
    try (JsonParser parser = metadata.parser()) {
      Cursor in = new Cursor(parser);
      for (in.object(); in.nextField(); ) {
        switch (in.field()) {
          case "resourceVersion" -> version = in.text();
          case "continue" -> next = in.text();
          default -> in.skip();
        }
      }
      return new Page(version, next);
    } catch (MalformedObjectException e) {
      throw new IOException("the API server's answer is no list: " + e.getMessage(), e);
    }
  }
}
