package dev.lintel.topology;

import dev.lintel.resource.Route;
import java.util.Locale;
import java.util.Optional;

/**
 * What a route's backend reference points at, as a key of an index.
 *
 * @param type how it refers
 * @param namespace the namespace; empty for a host
 * @param name the name or the host
 */
record BackendKey(Type type, String namespace, String name) {

  enum Type {
    SERVICE,
    SERVICE_ENTRY,
    HOSTNAME
  }

  static BackendKey service(String namespace, String name) {
    return new BackendKey(Type.SERVICE, namespace, name);
  }

  static BackendKey entry(String namespace, String name) {
    return new BackendKey(Type.SERVICE_ENTRY, namespace, name);
  }

  static BackendKey hostname(String host) {
    return new BackendKey(Type.HOSTNAME, "", host.toLowerCase(Locale.ROOT));
  }

  /** Returns what a reference points at; empty for kinds that are no backend of the mesh. */
  static Optional<BackendKey> of(Route route, Route.BackendRef ref) {
    String namespace = ref.namespace().isEmpty() ? route.namespace() : ref.namespace();
    return of(ref.group(), ref.kind(), namespace, ref.name());
  }

  /** Returns what a name stands for; empty for kinds that are no backend of the mesh. */
  static Optional<BackendKey> of(String group, String kind, String namespace, String name) {
    return switch (group + "/" + kind) {
      case "/Service" -> Optional.of(service(namespace, name));
      case "networking.istio.io/ServiceEntry" -> Optional.of(entry(namespace, name));
      case "networking.istio.io/Hostname" -> Optional.of(hostname(name));
      default -> Optional.empty();
    };
  }
}
