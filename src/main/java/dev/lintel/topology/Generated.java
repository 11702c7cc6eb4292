package dev.lintel.topology;

import dev.lintel.mesh.Keys;
import dev.lintel.resource.Resource;

/** Tells the objects that the mesh's controllers make for themselves (docs/domain.md, 5.3). */
public final class Generated {

  private static final String PEERING_PREFIX = "autogen.";

  private Generated() {}

  /**
   * Tells whether an object bears the marks of one that a controller generates.
   *
   * @param rootNamespace Istio's root namespace
   */
  public static boolean is(Resource object, String rootNamespace) {
    return isOfGateway(object) || isOfPeering(object, rootNamespace);
  }

  /** Tells whether an object is generated for a Gateway: by its label, or by its owner. */
  public static boolean isOfGateway(Resource object) {
    return object.metadata().label(Keys.MANAGED).isPresent() || isOwnedByGateway(object);
  }

  /** Tells whether a Gateway is among the owners of an object. */
  public static boolean isOwnedByGateway(Resource object) {
    return object.metadata().owners().stream().anyMatch(owner -> owner.kind().equals("Gateway"));
  }

  /**
   * Tells whether an object stands for a Service of the global set: by its label, or by its name in
   * the root namespace.
   *
   * @param rootNamespace Istio's root namespace
   */
  public static boolean isOfPeering(Resource object, String rootNamespace) {
    return object.metadata().label(Keys.PARENT_SERVICE).isPresent()
        || (object.namespace().equals(rootNamespace) && object.name().startsWith(PEERING_PREFIX));
  }
}
