package dev.lintel.judge;

import dev.lintel.mesh.Keys;
import dev.lintel.resource.Metadata;
import dev.lintel.resource.Resource;

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
      return isOfGateway(object.metadata()) || isOfPeering(object.metadata());
    }
    return isOfPeering(object.metadata())
        ? isControlPlane(user, rootNamespace)
        : isOfGateway(object.metadata()) && user.startsWith(SERVICE_ACCOUNT);
  }

  private static boolean isControlPlane(String user, String rootNamespace) {
    String[] parts = user.split(":", -1);
    return user.startsWith(SERVICE_ACCOUNT)
        && parts.length == 4
        && (parts[2].equals(rootNamespace) || parts[3].startsWith("istiod"));
  }

  private static boolean isOfPeering(Metadata metadata) {
    return metadata.labels().containsKey(Keys.PARENT_SERVICE)
        || metadata.name().startsWith("autogen.");
  }

  private static boolean isOfGateway(Metadata metadata) {
    return metadata.labels().containsKey(Keys.MANAGED)
        || metadata.owners().stream().anyMatch(owner -> owner.kind().equals("Gateway"));
  }
}
