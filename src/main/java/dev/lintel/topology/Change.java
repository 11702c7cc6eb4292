package dev.lintel.topology;

import dev.lintel.resource.Resource;
import dev.lintel.resource.ResourceRef;

/** What happens to one object: the only way in which a topology changes. */
public sealed interface Change {

  /**
   * The object is created or replaced.
   *
   * @param resource the object as it is afterwards
   */
  record Put(Resource resource) implements Change {}

  /**
   * The object is gone.
   *
   * @param ref which object
   */
  record Remove(ResourceRef ref) implements Change {}

  /** Returns the change that writes an object. */
  static Change put(Resource resource) {
    return new Put(resource);
  }

  /** Returns the change that removes an object. */
  static Change remove(ResourceRef ref) {
    return new Remove(ref);
  }
}
