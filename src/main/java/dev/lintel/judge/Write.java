package dev.lintel.judge;

import dev.lintel.resource.Resource;
import dev.lintel.resource.ResourceRef;
import java.util.Optional;
import java.util.Set;

/**
 * A write that is about to happen.
 *
 * @param object the object as it will be
 * @param old the object as it was; empty if it is created
 * @param user who writes; empty if unknown
 * @param groups the groups of the one who writes
 */
public record Write(Resource object, Optional<Resource> old, String user, Set<String> groups) {

  /** Copies the groups, so that the record is immutable. */
  public Write {
    groups = Set.copyOf(groups);
  }

  /** Creates a write of someone whose groups are not known. */
  public Write(Resource object, Optional<Resource> old, String user) {
    this(object, old, user, Set.of());
  }

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
