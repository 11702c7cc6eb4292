package dev.lintel.judge;

import dev.lintel.resource.Resource;
import dev.lintel.resource.ResourceRef;
import java.util.Optional;

/**
 * A write that is about to happen.
 *
 * @param object the object as it will be
 * @param old the object as it was; empty if it is created
 * @param user who writes; empty if unknown
 */
public record Write(Resource object, Optional<Resource> old, String user) {

  /** Returns the write that creates an object. */
  public static Write create(Resource object, String user) {
    return new Write(object, Optional.empty(), user);
  }

  /** Returns the write that updates an object. */
  public static Write update(Resource old, Resource object, String user) {
    return new Write(object, Optional.of(old), user);
  }

  /** Returns the identity of the written object. */
  public ResourceRef ref() {
    return object.ref();
  }
}
