package dev.lintel.cluster;

import com.fasterxml.jackson.core.JsonParser;
import dev.lintel.resource.Cursor;
import dev.lintel.resource.JsonBody;
import dev.lintel.resource.Kind;
import dev.lintel.resource.MalformedObjectException;
import dev.lintel.resource.ResourceRef;
import java.io.IOException;

/**
 * Which object it is, and which state of it.
 *
 * @param namespace empty for kinds without a namespace
 * @param name empty for a bookmark, which stands for no object
 * @param uid tells it from an earlier one of the same name
 * @param version its resource version
 */
record ObjectId(String namespace, String name, String uid, String version) {

  /**
   * Reads the identity of an object, whatever else is in it.
   *
   * @param object may end in the middle, if its metadata comes before
   * @throws MalformedObjectException if it has none
   */
  static ObjectId read(JsonBody object) throws MalformedObjectException {
    try (JsonParser parser = object.parser()) {
      Cursor in = new Cursor(parser);
      for (in.object(); in.nextField(); ) {
        if (in.field().equals("metadata")) {
          return readMetadata(in);
        }
        in.skip();
      }
    } catch (IOException e) {
      throw new MalformedObjectException("the metadata cannot be read: " + e.getMessage(), e);
    }
    throw new MalformedObjectException("there is no metadata");
  }

  private static ObjectId readMetadata(Cursor in) throws IOException, MalformedObjectException {
    String namespace = "";
    String name = "";
    String uid = "";
    String version = "";
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "namespace" -> namespace = in.text();
        case "name" -> name = in.text();
        case "uid" -> uid = in.text();
        case "resourceVersion" -> version = in.text();
        default -> in.skip();
      }
    }
    return new ObjectId(namespace, name, uid, version);
  }

  /** Returns the reference to the object, which is of a kind. */
  ResourceRef ref(Kind kind) {
    return new ResourceRef(kind, namespace, name);
  }

  /** Returns what tells it from the other objects of a selection. */
  String key() {
    return namespace + "/" + name;
  }
}
