package dev.lintel.resource;

/**
 * A Namespace; all its labels are kept, because listeners select namespaces by any label.
 *
 * @param metadata its metadata
 */
public record Namespace(Metadata metadata) implements Resource {

  @Override
  public Kind kind() {
    return Kind.NAMESPACE;
  }

  @Override
  public Namespace withMetadata(Metadata other) {
    return new Namespace(other);
  }
}
