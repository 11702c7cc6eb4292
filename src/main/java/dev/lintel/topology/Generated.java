package dev.lintel.topology;

import dev.lintel.mesh.Keys;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.Metadata.Owner;
import dev.lintel.resource.Resource;
import java.util.Optional;

/**
 * Tells the objects that the mesh's controllers make for themselves (docs/domain.md, 5.3). Whoever
 * writes an object chooses its labels and owner references, so its marks alone prove nothing: they
 * count together with who writes, or with what they name.
 */
public final class Generated {

  private static final String PEERING_PREFIX = "autogen.";
  private static final String GATEWAY_API = "gateway.networking.k8s.io";

  private Generated() {}

  /**
   * Tells whether an object bears the marks of one that a controller generates.
   *
   * @param rootNamespace Istio's root namespace
   */
  public static boolean isMarked(Resource object, String rootNamespace) {
    return object.metadata().label(Keys.MANAGED).isPresent()
        || object.metadata().label(Keys.PARENT_SERVICE).isPresent()
        || object.metadata().owners().stream().anyMatch(Generated::isGateway)
        || isOfPeering(object, rootNamespace);
  }

  /**
   * Tells whether an object is where peering keeps what it generates, and called or labelled so. In
   * that namespace nobody writes but who runs the mesh.
   *
   * @param rootNamespace Istio's root namespace
   */
  public static boolean isOfPeering(Resource object, String rootNamespace) {
    return object.namespace().equals(rootNamespace)
        && (object.metadata().label(Keys.PARENT_SERVICE).isPresent()
            || object.name().startsWith(PEERING_PREFIX));
  }

  /**
   * Returns the Gateway for which an object is generated: one of its owners, which exists with the
   * same identity, and after which its controller would name the object.
   */
  static Optional<Gateway> ownerOf(Resource object, Topology topology) {
    for (Owner owner : object.metadata().owners()) {
      Optional<Gateway> gateway =
          isGateway(owner)
              ? topology
                  .gateway(object.namespace(), owner.name())
                  .filter(found -> isSame(found, owner))
                  .filter(found -> isNamedAfter(object, found))
              : Optional.empty();
      if (gateway.isPresent()) {
        return gateway;
      }
    }
    return Optional.empty();
  }

  private static boolean isGateway(Owner owner) {
    return owner.kind().equals("Gateway") && owner.group().equals(GATEWAY_API);
  }

  /** A Gateway that an API server has not stored yet has no UID; a stored one always has. */
  private static boolean isSame(Gateway gateway, Owner owner) {
    String uid = gateway.metadata().uid();
    return uid.isEmpty() || uid.equals(owner.uid());
  }

  private static boolean isNamedAfter(Resource object, Gateway gateway) {
    return object.name().equals(gateway.name())
        || object.name().equals(gateway.name() + "-" + gateway.className());
  }
}
