package dev.lintel.policy;

import dev.lintel.resource.Kind;
import dev.lintel.resource.ResourceRef;
import java.util.Map;
import java.util.Optional;

/**
 * An object as the policy looks at it.
 *
 * @param ref which object
 * @param namespaceLabels the labels of its Namespace that Lintel keeps; empty if it is not known
 * @param exemptAnnotation the object's own {@code lintel.dev/exempt}
 */
public record Target(
    ResourceRef ref, Map<String, String> namespaceLabels, Optional<String> exemptAnnotation) {

  /** Copies the labels, so that the record is immutable. */
  public Target {
    namespaceLabels = Map.copyOf(namespaceLabels);
  }

  /** Returns the namespace whose overrides count: that of the object, or the object itself. */
  String namespace() {
    return ref.kind() == Kind.NAMESPACE ? ref.name() : ref.namespace();
  }
}
