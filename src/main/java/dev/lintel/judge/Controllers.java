package dev.lintel.judge;

import dev.lintel.policy.Policy;
import dev.lintel.resource.Resource;
import dev.lintel.rule.Action;
import dev.lintel.topology.Generated;
import dev.lintel.topology.Topology;

/**
 * Tells the writes of the mesh's own controllers: refusing one could wedge the mesh. A controller
 * is recognised by who it is, for anybody can give an object a label or an owner.
 */
final class Controllers {

  private Controllers() {}

  /**
   * Tells whether a generated object is written by a controller. A person who edits a generated
   * object is judged, and so is a deployment tool that writes what only a controller generates.
   */
  static boolean ownsWrite(Resource object, String user, Policy policy) {
    return Generated.isMarked(object, policy.platform().rootNamespace())
        && policy.isController(user);
  }

  /**
   * Returns the most that may come of a write, whoever writes. What a controller keeps in shape is
   * never refused, for the writer may be that controller under a name that is not known: what an
   * existing Gateway owns, and what peering has in its own namespace already.
   *
   * @param before the state in which the Gateway must exist
   */
  static Action ceiling(Write write, Topology before) {
    return before.ingress().generatorOf(write.object()).isPresent()
            || isKeptByPeering(write, before)
        ? Action.WARN
        : Action.DENY;
  }

  private static boolean isKeptByPeering(Write write, Topology before) {
    String rootNamespace = before.platform().rootNamespace();
    return Generated.isOfPeering(write.object(), rootNamespace)
        && write.old().filter(old -> Generated.isOfPeering(old, rootNamespace)).isPresent();
  }
}
