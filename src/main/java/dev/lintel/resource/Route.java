package dev.lintel.resource;

import java.util.List;
import java.util.Optional;

/**
 * A route of the Gateway API, of any kind.
 *
 * @param metadata its metadata
 * @param kind which of the route kinds it is
 * @param parents its parents, in the order of the object
 * @param hostnames its host names; empty for every host
 * @param backends the backends of all rules, in the order of the object; mirrors and other filters
 *     are not among them
 */
public record Route(
    Metadata metadata,
    Kind kind,
    List<ParentRef> parents,
    List<String> hostnames,
    List<BackendRef> backends)
    implements Resource {

  /** Copies the collections, so that the record is immutable. */
  public Route {
    if (!kind.isRoute()) {
      throw new IllegalArgumentException(kind + " is not a route");
    }
    parents = List.copyOf(parents);
    hostnames = List.copyOf(hostnames);
    backends = List.copyOf(backends);
  }

  /** Two forms of one object are rare: its name tells it well enough, whatever its size. */
  @Override
  public int hashCode() {
    return key().hashCode();
  }

  @Override
  public Route withMetadata(Metadata other) {
    return new Route(other, kind, parents, hostnames, backends);
  }

  /**
   * A parent of a route.
   *
   * @param group {@code gateway.networking.k8s.io} if the object does not say; empty for the core
   *     group
   * @param kind {@code Gateway} if the object does not say
   * @param namespace the route's own namespace if the object does not say
   * @param name the parent's name
   * @param sectionName the listener; empty for all
   * @param port the listener's or the Service's port; empty for all
   */
  public record ParentRef(
      String group,
      String kind,
      String namespace,
      String name,
      String sectionName,
      Optional<Integer> port) {

    /** Returns the same parent in a namespace. */
    ParentRef in(String other) {
      return new ParentRef(group, kind, other, name, sectionName, port);
    }

    /** Tells whether the parent is a Gateway. */
    public boolean isGateway() {
      return kind.equals("Gateway") && group.equals("gateway.networking.k8s.io");
    }

    /** Tells whether the parent is another HTTPRoute, which delegates to this one. */
    public boolean isRoute() {
      return kind.equals("HTTPRoute") && group.equals("gateway.networking.k8s.io");
    }

    /** Tells whether the parent is a Service, which makes the route a mesh route. */
    public boolean isService() {
      return kind.equals("Service") && group.isEmpty();
    }
  }

  /**
   * A backend of a route.
   *
   * @param group empty (the core group) if the object does not say
   * @param kind {@code Service} if the object does not say
   * @param namespace the namespace as written; empty if the object does not say
   * @param name the backend's name
   * @param port the port; empty if the object does not say
   */
  public record BackendRef(
      String group, String kind, String namespace, String name, Optional<Integer> port) {

    /** Returns the namespace that it means: the route's own if the object does not say. */
    public String namespaceFrom(Route route) {
      return namespace.isEmpty() ? route.namespace() : namespace;
    }
  }
}
