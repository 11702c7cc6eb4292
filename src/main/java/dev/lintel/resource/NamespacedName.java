package dev.lintel.resource;

/**
 * A name in a namespace.
 *
 * @param namespace never empty for a namespaced object
 * @param name the object's name
 */
public record NamespacedName(String namespace, String name) implements Comparable<NamespacedName> {

  @Override
  public int compareTo(NamespacedName other) {
    int byNamespace = namespace.compareTo(other.namespace);
    return byNamespace != 0 ? byNamespace : name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
