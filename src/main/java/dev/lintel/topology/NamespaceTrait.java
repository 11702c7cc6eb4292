package dev.lintel.topology;

import dev.lintel.mesh.Keys;
import dev.lintel.resource.Namespace;
import java.util.List;

/** What a Namespace's labels say about its workloads. */
enum NamespaceTrait {
  /** Pods get sidecars. */
  SIDECARS,
  /** Pods are captured by ztunnel. */
  AMBIENT;

  static List<NamespaceTrait> of(Namespace namespace) {
    boolean injected =
        namespace.metadata().label(Keys.SIDECAR_INJECTION).filter("enabled"::equals).isPresent();
    boolean revised =
        namespace.metadata().label(Keys.REVISION).isPresent()
            && namespace.metadata().label(Keys.SIDECAR_INJECTION).isEmpty();
    boolean ambient =
        namespace.metadata().label(Keys.DATAPLANE_MODE).filter("ambient"::equals).isPresent();
    if (injected || (revised && !ambient)) {
      return List.of(SIDECARS);
    }
    return ambient ? List.of(AMBIENT) : List.of();
  }
}
