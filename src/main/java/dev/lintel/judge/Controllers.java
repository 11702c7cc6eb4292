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
   * object is judged.
   */
  static boolean ownsWrite(Resource object, String user) {
    return isGenerated(object.metadata())
        && (user.startsWith(SERVICE_ACCOUNT) || user.startsWith("system:kube-"));
  }

  private static boolean isGenerated(Metadata metadata) {
    return metadata.labels().containsKey(Keys.MANAGED)
        || metadata.labels().containsKey(Keys.PARENT_SERVICE)
        || metadata.name().startsWith("autogen.")
        || metadata.owners().stream().anyMatch(owner -> owner.kind().equals("Gateway"));
  }
}
