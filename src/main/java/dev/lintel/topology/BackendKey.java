package dev.lintel.topology;

import dev.lintel.mesh.HostName;
import dev.lintel.mesh.Keys;
import dev.lintel.resource.Kind;
import dev.lintel.resource.Route;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a route's backend reference points at, or means to, as a key of an index.
 *
 * @param type how it refers
 * @param namespace the namespace; empty for a host
 * @param name the name, the host or the label's value
 */
record BackendKey(Type type, String namespace, String name) {

  enum Type {
    SERVICE,
    SERVICE_ENTRY,
    HOSTNAME,
    /** A child route, by name; {@link #EVERY} for all of a namespace. */
    ROUTE,
    /** Child routes by label; {@link #EVERYWHERE} for those of every namespace. */
    ROUTE_LABEL,
    /** A name in a namespace whose group and kind do not go together. */
    MISTYPED_NAME,
    /** A host in any writing, under whatever kind; normalised. */
    MISTYPED_HOST
  }

  /** Stands for every child route of a namespace. */
  static final String EVERY = "*";

  /** Stands for every namespace. */
  static final String EVERYWHERE = "all";

  private static final Set<String> KINDS_OF_THE_MESH =
      Set.of("Service", "ServiceEntry", "Hostname", "ServiceImport");

  static BackendKey service(String namespace, String name) {
    return new BackendKey(Type.SERVICE, namespace, name);
  }

  static BackendKey entry(String namespace, String name) {
    return new BackendKey(Type.SERVICE_ENTRY, namespace, name);
  }

  /** kgateway and istiod compare a host letter for letter (docs/domain.md, 4.5). */
  static BackendKey hostname(String host) {
    return new BackendKey(Type.HOSTNAME, "", host);
  }

  static BackendKey mistypedName(String namespace, String name) {
    return new BackendKey(Type.MISTYPED_NAME, namespace, name);
  }

  static BackendKey mistypedHost(String host) {
    return new BackendKey(Type.MISTYPED_HOST, "", new HostName(host).folded().value());
  }

  /**
   * Returns what a reference points at; empty for kinds that are no backend of the mesh, and for a
   * host with a namespace, which is no host's name.
   */
  static Optional<BackendKey> of(Route route, Route.BackendRef ref) {
    return ref.isHostname() && !ref.namespace().isEmpty()
        ? Optional.empty()
        : of(ref.group(), ref.kind(), ref.namespaceFrom(route), ref.name());
  }

  /** Returns what a name stands for; empty for kinds that are no backend of the mesh. */
  static Optional<BackendKey> of(String group, String kind, String namespace, String name) {
    return switch (group + "/" + kind) {
      case "/Service" -> Optional.of(service(namespace, name));
      case "networking.istio.io/ServiceEntry" -> Optional.of(entry(namespace, name));
      case "networking.istio.io/Hostname" -> Optional.of(hostname(name));
      case "gateway.networking.k8s.io/HTTPRoute" ->
          Optional.of(new BackendKey(Type.ROUTE, namespace, name.isEmpty() ? EVERY : name));
      case "delegation.kgateway.dev/label" ->
          Optional.of(new BackendKey(Type.ROUTE_LABEL, namespace, name));
      default -> Optional.empty();
    };
  }

  /** Returns the same key for every way to write a host. */
  BackendKey normalised() {
    return type == Type.HOSTNAME ? hostname(new HostName(name).folded().value()) : this;
  }

  /** Returns what a reference points at or means to; empty for kinds that are not of the mesh. */
  static Set<BackendKey> mentionedBy(Route route, Route.BackendRef ref) {
    Optional<BackendKey> key = of(route, ref);
    if (!KINDS_OF_THE_MESH.contains(ref.kind())) {
      return key.map(Set::of).orElse(Set.of());
    }
    BackendKey byName = key.orElse(mistypedName(ref.namespaceFrom(route), ref.name()));
    return ref.isHostname() || ref.name().indexOf('.') >= 0
        ? Set.of(byName, mistypedHost(ref.name()))
        : Set.of(byName);
  }

  /** Returns the keys by which other routes delegate to a route; only HTTPRoutes are nested. */
  static List<BackendKey> delegatingTo(Route route) {
    if (route.kind() != Kind.HTTP_ROUTE) {
      return List.of();
    }
    Stream<BackendKey> byName =
        Stream.of(route.name(), EVERY)
            .map(name -> new BackendKey(Type.ROUTE, route.namespace(), name));
    Stream<BackendKey> byLabel =
        route.metadata().label(Keys.DELEGATION_LABEL).stream()
            .flatMap(
                value ->
                    Stream.of(route.namespace(), EVERYWHERE)
                        .map(where -> new BackendKey(Type.ROUTE_LABEL, where, value)));
    return Stream.concat(byName, byLabel).toList();
  }
}
