package dev.lintel.judge;

import dev.lintel.mesh.Keys;
import dev.lintel.policy.Target;
import dev.lintel.resource.Kind;
import dev.lintel.resource.Resource;
import dev.lintel.resource.ResourceRef;
import dev.lintel.topology.Topology;
import java.util.Map;
import java.util.Optional;

/** Says of objects what a policy goes by. */
public final class Targets {

  private Targets() {}

  /**
   * Returns what a policy goes by.
   *
   * @param topology knows the object's Namespace
   * @param object the object; empty if nothing but its name is known
   */
  public static Target of(Topology topology, ResourceRef ref, Optional<Resource> object) {
    Optional<? extends Resource> namespace =
        ref.kind() == Kind.NAMESPACE ? object : topology.namespace(ref.namespace());
    return new Target(
        ref,
        namespace.map(found -> found.metadata().labels()).orElse(Map.of()),
        object.flatMap(written -> written.metadata().annotation(Keys.EXEMPT)));
  }
}
