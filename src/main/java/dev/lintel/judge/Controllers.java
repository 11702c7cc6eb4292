package dev.lintel.judge;

import dev.lintel.resource.Resource;
import dev.lintel.rule.Action;
import dev.lintel.topology.Generated;

/** Tells the writes of the mesh's own controllers: refusing one could wedge the mesh. */
final class Controllers {

  private static final String SERVICE_ACCOUNT = "system:serviceaccount:";

  private Controllers() {}

  /**
   * Tells whether a generated object is written by a controller. A person who edits a generated
   * object is judged, and so is a deployment tool that writes what only peering generates.
   *
   * @param rootNamespace the namespace of Istio's control plane, which is also the peering
   *     controller
   */
  static boolean ownsWrite(Resource object, String user, String rootNamespace) {
    if (user.startsWith("system:kube-")) {
      return Generated.is(object, rootNamespace);
    }
    return Generated.isOfPeering(object, rootNamespace)
        ? isControlPlane(user, rootNamespace)
        : Generated.isOfGateway(object) && user.startsWith(SERVICE_ACCOUNT);
  }

  /**
   * Returns the most that may come of a write, whoever writes. What a controller keeps in shape is
   * never refused, for the writer may be that controller under a name that is not known. What only
   * now takes the marks of a generated object, without a Gateway that owns it, is somebody's own.
   */
  static Action ceiling(Write write, String rootNamespace) {
    boolean isKept =
        Generated.isOwnedByGateway(write.object())
            || write.old().filter(old -> Generated.is(old, rootNamespace)).isPresent();
    return isKept && Generated.is(write.object(), rootNamespace) ? Action.WARN : Action.DENY;
  }

  private static boolean isControlPlane(String user, String rootNamespace) {
    String[] parts = user.split(":", -1);
    return user.startsWith(SERVICE_ACCOUNT)
        && parts.length == 4
        && (parts[2].equals(rootNamespace) || parts[3].startsWith("istiod"));
  }
}
