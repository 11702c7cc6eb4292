package dev.lintel.resource;

/**
 * A Node, of which only the labels matter that tell where it is and what it is for.
 *
 * @param metadata its metadata
 */
public record Node(Metadata metadata) implements Resource {

  private static final String CONTROL_PLANE = "node-role.kubernetes.io/control-plane";

  @Override
  public Kind kind() {
    return Kind.NODE;
  }

  /** Tells whether it belongs to the control plane, which workloads usually keep away from. */
  public boolean isControlPlane() {
    return metadata.label(CONTROL_PLANE).isPresent();
  }

  @Override
  public Node withMetadata(Metadata other) {
    return new Node(other);
  }
}
