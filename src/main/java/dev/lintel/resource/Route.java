package dev.lintel.resource;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A route of the Gateway API, of any kind.
 *
 * @param metadata its metadata
 * @param kind which of the route kinds it is
 * @param parents its parents, in the order of the object
 * @param hostnames its host names; empty for every host
 * @param rules its rules, in the order of the object
 */
public record Route(
    Metadata metadata, Kind kind, List<ParentRef> parents, List<String> hostnames, List<Rule> rules)
    implements Resource {

  /** Copies the collections, so that the record is immutable. */
  public Route {
    if (!kind.isRoute()) {
      throw new IllegalArgumentException(kind + " is not a route");
    }
    parents = List.copyOf(parents);
    hostnames = List.copyOf(hostnames);
    rules = List.copyOf(rules);
  }

  /** Returns the backends of all rules, in the order of the object. */
  public List<BackendRef> backends() {
    return rules.size() == 1
        ? rules.getFirst().backends()
        : rules.stream().flatMap(rule -> rule.backends().stream()).toList();
  }

  /** Two forms of one object are rare: its name tells it well enough, whatever its size. */
  @Override
  public int hashCode() {
    return key().hashCode();
  }

  @Override
  public Route withMetadata(Metadata other) {
    return new Route(other, kind, parents, hostnames, rules);
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
   * A rule of a route.
   *
   * @param matches of an HTTPRoute, the requests that it takes, never empty; of other kinds, which
   *     do not delegate to one another, empty
   * @param backends its backends, in the order of the object; mirrors and other filters are not
   *     among them
   * @param isMoreThanASplit whether it does more than to choose a backend: it has filters, timeouts
   *     or retries
   */
  public record Rule(List<Match> matches, List<BackendRef> backends, boolean isMoreThanASplit) {

    /** Copies the lists, so that the record is immutable. */
    public Rule {
      matches = List.copyOf(matches);
      backends = List.copyOf(backends);
    }

    /** Returns a rule that takes every request. */
    public static Rule to(List<BackendRef> backends) {
      return new Rule(List.of(Match.EVERYTHING), backends, false);
    }
  }

  /**
   * What requests a rule takes.
   *
   * @param pathType {@code PathPrefix} if the object does not say
   * @param path {@code /} if the object does not say
   * @param method empty for every method
   * @param conditions what headers and query parameters have to be, a text for each: two are equal
   *     if they stand for the same
   */
  public record Match(String pathType, String path, String method, Set<String> conditions) {

    /** The type of a path that takes what lies below it. */
    public static final String PREFIX = "PathPrefix";

    /** What a rule takes that does not say. */
    public static final Match EVERYTHING = new Match(PREFIX, "/", "", Set.of());

    /** Copies the conditions, so that the record is immutable. */
    public Match {
      conditions = Set.copyOf(conditions);
    }

    /**
     * Tells whether kgateway lets a route with this match delegate to one with another: it compares
     * paths as texts, so {@code /shop} covers {@code /shopping} (docs/domain.md, 4.5).
     */
    public boolean covers(Match child) {
      return pathType.equals(PREFIX)
          && child.path.startsWith(path)
          && child.conditions.containsAll(conditions)
          && (method.isEmpty() || method.equals(child.method));
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

    /** Tells whether it names a backend by its host. */
    public boolean isHostname() {
      return kind.equals("Hostname") && group.equals("networking.istio.io");
    }

    /** Returns the namespace that it means: the route's own if the object does not say. */
    public String namespaceFrom(Route route) {
      return namespace.isEmpty() ? route.namespace() : namespace;
    }
  }
}
