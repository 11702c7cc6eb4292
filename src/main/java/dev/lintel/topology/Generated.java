package dev.lintel.topology;

import dev.lintel.mesh.Keys;
import dev.lintel.resource.Metadata;
import dev.lintel.resource.Resource;

/** Tells the objects that the mesh's controllers make for themselves (docs/domain.md, 8). */
public final class Generated {

  /** What the names of peering's objects in the root namespace begin with. */
  public static final String PEERING_PREFIX = "autogen.";

  private Generated() {}

  /**
   * Tells whether an object is one that a controller generates and keeps in shape.
   *
   * @param rootNamespace Istio's root namespace
   */
  public static boolean is(Resource object, String rootNamespace) {
    Metadata metadata = object.metadata();
    return metadata.label(Keys.MANAGED).isPresent()
        || metadata.owners().stream().anyMatch(owner -> owner.kind().equals("Gateway"))
        || isOfPeering(object, rootNamespace);
  }

  /**
   * Tells whether an object stands for a Service of the global set: by its label, or by its name in
   * the root namespace.
   */
  public static boolean isOfPeering(Resource object, String rootNamespace) {
    return object.metadata().label(Keys.PARENT_SERVICE).isPresent()
        || (object.namespace().equals(rootNamespace) && object.name().startsWith(PEERING_PREFIX));
  }
}
