package dev.lintel.topology;

import dev.lintel.mesh.Keys;
import java.util.Optional;
import java.util.Set;

/**
 * Reads {@code istio.io/ingress-use-waypoint} as its two readers do (docs/domain.md, 3.2 and 4.2).
 */
public final class IngressLabels {

  private static final Set<String> TRUE = Set.of("1", "t", "T", "TRUE", "true", "True");
  private static final Set<String> FALSE = Set.of("0", "f", "F", "FALSE", "false", "False");

  private IngressLabels() {}

  /** Tells whether istiod can read a value at all; it takes any other for false and logs it. */
  public static boolean istiodReads(String value) {
    return TRUE.contains(value) || FALSE.contains(value);
  }

  /** Tells whether istiod takes a value for true. */
  public static boolean isTrueForIstiod(String value) {
    return TRUE.contains(value);
  }

  /** Tells whether istiod reads a value, and takes it for false. */
  public static boolean isFalseForIstiod(String value) {
    return FALSE.contains(value);
  }

  /** Tells whether kgateway takes a value for true. */
  public static boolean isTrueForKgateway(String value) {
    return value.equals("true");
  }

  /**
   * Tells what istiod concludes for a backend: the object's label counts before its namespace's.
   */
  static boolean istiodSaysTrue(Topology topology, Backend backend) {
    return own(backend).or(() -> ofNamespace(topology, backend)).filter(TRUE::contains).isPresent();
  }

  /** Tells what kgateway concludes: exactly {@code true} on the object or on its namespace. */
  static boolean kgatewaySaysTrue(Topology topology, Backend backend) {
    return own(backend).filter(IngressLabels::isTrueForKgateway).isPresent()
        || ofNamespace(topology, backend).filter(IngressLabels::isTrueForKgateway).isPresent();
  }

  /** Returns the label of the object itself. */
  public static Optional<String> own(Backend backend) {
    return backend.metadata().label(Keys.INGRESS_USE_WAYPOINT);
  }

  /** Returns the label of the object's namespace. */
  static Optional<String> ofNamespace(Topology topology, Backend backend) {
    return topology.namespaceLabel(backend.namespace(), Keys.INGRESS_USE_WAYPOINT);
  }
}
