package dev.lintel.resource;

/**
 * The identity of an object.
 *
 * @param kind what it is
 * @param namespace where it lives; empty for kinds without a namespace
 * @param name its name; empty only for an object whose name the API server has yet to generate
 */
public record ResourceRef(Kind kind, String namespace, String name) {

  /**
   * Returns {@code Kind/namespace/name}, or {@code Kind/name} for an object without a namespace.
   */
  @Override
  public String toString() {
    return namespace.isEmpty()
        ? kind.objectKind() + "/" + name
        : kind.objectKind() + "/" + namespace + "/" + name;
  }

  /** Returns the form used in sentences: {@code Kind namespace/name}. */
  public String spoken() {
    return namespace.isEmpty()
        ? kind.objectKind() + " " + name
        : kind.objectKind() + " " + namespace + "/" + name;
  }
}
