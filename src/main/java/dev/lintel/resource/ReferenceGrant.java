package dev.lintel.resource;

import java.util.List;

/**
 * A ReferenceGrant.
 *
 * @param metadata its metadata
 * @param from who may refer
 * @param to what may be referred to, in the grant's namespace
 */
public record ReferenceGrant(Metadata metadata, List<From> from, List<To> to) implements Resource {

  /** Copies the collections, so that the record is immutable. */
  public ReferenceGrant {
    from = List.copyOf(from);
    to = List.copyOf(to);
  }

  @Override
  public Kind kind() {
    return Kind.REFERENCE_GRANT;
  }

  @Override
  public ReferenceGrant withMetadata(Metadata other) {
    return new ReferenceGrant(other, from, to);
  }

  /**
   * A kind in a namespace that may refer.
   *
   * @param group empty for the core group
   * @param kind for example {@code HTTPRoute}
   * @param namespace where the referring objects live
   */
  public record From(String group, String kind, String namespace) {}

  /**
   * A kind, or one object, that may be referred to.
   *
   * @param group empty for the core group
   * @param kind for example {@code Service}
   * @param name empty for all objects of the kind
   */
  public record To(String group, String kind, String name) {}
}
