package dev.lintel.topology;

import dev.lintel.mesh.HostName;
import dev.lintel.mesh.Keys;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.Gateway.Listener;
import dev.lintel.resource.Gateway.NamespacePolicy;
import dev.lintel.resource.Kind;
import dev.lintel.resource.ListenerSet;
import dev.lintel.resource.Resource;
import dev.lintel.resource.ResourceRef;
import dev.lintel.resource.Route;
import dev.lintel.resource.Route.ParentRef;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Follows a route to its Gateways: through listeners, through sets of listeners, and through routes
 * that delegate to it (docs/domain.md, 4.5).
 */
final class Attachments {

  private final Topology topology;
  private final Indexes indexes;
  private final Set<ResourceRef> visited = new HashSet<>();
  private final Set<Gateway> found = new LinkedHashSet<>();

  private Attachments(Topology topology, Indexes indexes) {
    this.topology = topology;
    this.indexes = indexes;
  }

  /** Returns the Gateways that serve a route, by namespace and name. */
  static List<Gateway> of(Topology topology, Indexes indexes, Route route) {
    Attachments attachments = new Attachments(topology, indexes);
    attachments.follow(route);
    return attachments.found.stream().sorted(Comparator.comparing(Resource::key)).toList();
  }

  /** Tells whether a policy lets objects of a namespace attach to one of another. */
  static boolean allows(
      Topology topology, String ownNamespace, NamespacePolicy policy, String namespace) {
    return switch (policy.from()) {
      case "All" -> true;
      case "Selector" -> policy.selector().matches(labels(topology, namespace));
      case "None" -> false;
      default -> ownNamespace.equals(namespace);
    };
  }

  /** The API server labels every Namespace with its name; a manifest need not say so. */
  private static Map<String, String> labels(Topology topology, String namespace) {
    Map<String, String> labels = new HashMap<>();
    topology.namespace(namespace).ifPresent(found -> labels.putAll(found.metadata().labels()));
    labels.put(Keys.NAMESPACE_NAME, namespace);
    return labels;
  }

  /** A route that delegates to itself, by whatever detour, is not asked twice. */
  private void follow(Route route) {
    if (visited.add(route.ref())) {
      route.parents().forEach(parent -> attach(route, parent));
      parentRoutes(route).forEach(this::follow);
    }
  }

  private void attach(Route route, ParentRef parent) {
    if (parent.isGateway()) {
      topology
          .gateway(parent.namespace(), parent.name())
          .filter(gateway -> anyAdmits(gateway.listeners(), gateway.namespace(), route, parent))
          .ifPresent(found::add);
    } else {
      Kind.ofGroup(parent.group(), parent.kind())
          .filter(Kind::isListenerSet)
          .flatMap(kind -> topology.listenerSet(kind, parent.namespace(), parent.name()))
          .filter(set -> anyAdmits(set.listeners(), set.namespace(), route, parent))
          .flatMap(
              set ->
                  topology
                      .gateway(set.gateway().namespace(), set.gateway().name())
                      .filter(gateway -> extendsGateway(set, gateway)))
          .ifPresent(found::add);
    }
  }

  private boolean extendsGateway(ListenerSet set, Gateway gateway) {
    return allows(topology, gateway.namespace(), gateway.allowedListenerSets(), set.namespace());
  }

  /** The routes that delegate to a child, which inherits their hosts and may choose among them. */
  private Stream<Route> parentRoutes(Route child) {
    if (!child.hostnames().isEmpty()) {
      return Stream.empty();
    }
    return BackendKey.delegatingTo(child).stream()
        .flatMap(key -> indexes.routesByBackend().find(key))
        .filter(parent -> accepts(child, parent));
  }

  private static boolean accepts(Route child, Route parent) {
    return child.parents().isEmpty()
        || child.parents().stream()
            .anyMatch(
                ref ->
                    ref.isRoute()
                        && ref.namespace().equals(parent.namespace())
                        && ref.name().equals(parent.name()));
  }

  private boolean anyAdmits(
      List<Listener> listeners, String namespace, Route route, ParentRef parent) {
    return listeners.stream()
        .filter(
            listener ->
                parent.sectionName().isEmpty() || parent.sectionName().equals(listener.name()))
        .filter(listener -> parent.port().isEmpty() || parent.port().get() == listener.port())
        .filter(listener -> listener.serves(route.kind()))
        .filter(listener -> servesHostsOf(listener, route))
        .anyMatch(
            listener ->
                allows(topology, namespace, listener.allowedNamespaces(), route.namespace()));
  }

  private static boolean servesHostsOf(Listener listener, Route route) {
    if (listener.hostname().isEmpty() || route.hostnames().isEmpty()) {
      return true;
    }
    HostName served = new HostName(listener.hostname());
    return route.hostnames().stream()
        .map(HostName::new)
        .anyMatch(host -> served.covers(host) || host.covers(served));
  }
}
