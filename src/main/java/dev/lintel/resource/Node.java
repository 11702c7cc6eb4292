package dev.lintel.resource;

/**
 * A Node, of which only the topology labels matter.
 *
 * @param metadata its metadata
 */
public record Node(Metadata metadata) implements Resource {

  @Override
  public Kind kind() {
    return Kind.NODE;
  }

  @Override
  public Node withMetadata(Metadata other) {
    return new Node(other);
  }
}
