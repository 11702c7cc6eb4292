package dev.lintel.topology;

import dev.lintel.mesh.HostName;
import dev.lintel.mesh.Keys;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.Gateway.Listener;
import dev.lintel.resource.Gateway.NamespacePolicy;
import dev.lintel.resource.Kind;
import dev.lintel.resource.ListenerSet;
import dev.lintel.resource.ResourceRef;
import dev.lintel.resource.Route;
import dev.lintel.resource.Route.ParentRef;
import dev.lintel.topology.RefusedParent.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private final List<Attachment> found = new ArrayList<>();

  private Attachments(Topology topology, Indexes indexes) {
    this.topology = topology;
    this.indexes = indexes;
  }

  /** Returns the Gateways that serve a route, by namespace and name. */
  static List<Gateway> of(Topology topology, Indexes indexes, Route route) {
    return inDetail(topology, indexes, route).stream().map(Attachment::gateway).distinct().toList();
  }

  /** Returns every way in which a route comes to a Gateway, by the Gateway's namespace and name. */
  static List<Attachment> inDetail(Topology topology, Indexes indexes, Route route) {
    Attachments attachments = new Attachments(topology, indexes);
    attachments.follow(route, List.of());
    return attachments.found.stream()
        .sorted(Comparator.comparing(attachment -> attachment.gateway().key()))
        .toList();
  }

  /** Returns the Gateways and sets of listeners that a route names and that do not take it. */
  static List<RefusedParent> refused(Topology topology, Indexes indexes, Route route) {
    Attachments attachments = new Attachments(topology, indexes);
    return route.parents().stream()
        .flatMap(
            parent ->
                attachments
                    .refusal(route, parent)
                    .map(reason -> new RefusedParent(parent, reason))
                    .stream())
        .toList();
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
  private void follow(Route route, List<ResourceRef> children) {
    if (children.size() > Limits.DELEGATIONS) {
      topology
          .answers()
          .cut(
              "routes delegate more than %d times; the first were followed"
                  .formatted(Limits.DELEGATIONS));
      return;
    }
    if (visited.add(route.ref())) {
      topology.work(1 + route.parents().size());
      route.parents().forEach(parent -> attach(route, parent, children));
      List<ResourceRef> delegation = new ArrayList<>(children);
      delegation.addFirst(route.ref());
      parentRoutes(route).forEach(other -> follow(other, delegation));
    }
  }

  private void attach(Route route, ParentRef parent, List<ResourceRef> children) {
    if (parent.isGateway()) {
      topology
          .gateway(parent.namespace(), parent.name())
          .ifPresent(gateway -> attach(route, parent, gateway, Optional.empty(), children));
    } else {
      setOf(parent)
          .ifPresent(
              set ->
                  gatewayOf(set)
                      .filter(gateway -> extendsGateway(set, gateway))
                      .ifPresent(
                          gateway -> attach(route, parent, gateway, Optional.of(set), children)));
    }
  }

  private void attach(
      Route route,
      ParentRef parent,
      Gateway gateway,
      Optional<ListenerSet> set,
      List<ResourceRef> children) {
    List<String> admitting =
        set.map(s -> admitting(s.listeners(), s.namespace(), route, parent))
            .orElseGet(() -> admitting(gateway.listeners(), gateway.namespace(), route, parent));
    if (!admitting.isEmpty()) {
      List<ResourceRef> delegation = new ArrayList<>(children);
      if (!children.isEmpty()) {
        delegation.addFirst(route.ref());
        delegation.removeLast();
      }
      found.add(new Attachment(gateway, admitting, set.map(ListenerSet::ref), delegation));
    }
  }

  private Optional<ListenerSet> setOf(ParentRef parent) {
    return Kind.ofGroup(parent.group(), parent.kind())
        .filter(Kind::isListenerSet)
        .flatMap(kind -> topology.listenerSet(kind, parent.namespace(), parent.name()));
  }

  private Optional<Gateway> gatewayOf(ListenerSet set) {
    return topology.gateway(set.gateway().namespace(), set.gateway().name());
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

  private List<String> admitting(
      List<Listener> listeners, String namespace, Route route, ParentRef parent) {
    topology.work(listeners.size() * (1 + route.hostnames().size()));
    return listeners.stream()
        .filter(listener -> isNamed(listener, parent))
        .filter(listener -> listener.serves(route.kind()))
        .filter(listener -> servesHostsOf(listener, route))
        .filter(
            listener ->
                allows(topology, namespace, listener.allowedNamespaces(), route.namespace()))
        .map(Listener::name)
        .toList();
  }

  /** Says why a parent does not take a route; empty if it does, and for parents of other kinds. */
  private Optional<Reason> refusal(Route route, ParentRef parent) {
    if (parent.isGateway()) {
      return topology
          .gateway(parent.namespace(), parent.name())
          .map(gateway -> refusal(gateway.listeners(), gateway.namespace(), route, parent))
          .orElse(Optional.of(Reason.NOT_FOUND));
    }
    boolean isSet =
        Kind.ofGroup(parent.group(), parent.kind()).filter(Kind::isListenerSet).isPresent();
    return isSet ? refusalOfSet(route, parent) : Optional.empty();
  }

  private Optional<Reason> refusalOfSet(Route route, ParentRef parent) {
    Optional<ListenerSet> set = setOf(parent);
    Optional<Gateway> gateway = set.flatMap(this::gatewayOf);
    if (set.isEmpty() || gateway.isEmpty()) {
      return Optional.of(Reason.NOT_FOUND);
    }
    return extendsGateway(set.get(), gateway.get())
        ? refusal(set.get().listeners(), set.get().namespace(), route, parent)
        : Optional.of(Reason.SET_NOT_ALLOWED);
  }

  /** The first condition that leaves no listener is the reason. */
  private Optional<Reason> refusal(
      List<Listener> listeners, String namespace, Route route, ParentRef parent) {
    if (!admitting(listeners, namespace, route, parent).isEmpty()) {
      return Optional.empty();
    }
    List<Listener> named = listeners.stream().filter(l -> isNamed(l, parent)).toList();
    List<Listener> serving = named.stream().filter(l -> l.serves(route.kind())).toList();
    if (serving.isEmpty()) {
      return Optional.of(named.isEmpty() ? Reason.NO_SUCH_LISTENER : Reason.KIND_NOT_SERVED);
    }
    return Optional.of(
        serving.stream().anyMatch(l -> servesHostsOf(l, route))
            ? Reason.NAMESPACE_NOT_ALLOWED
            : Reason.HOST_NOT_SERVED);
  }

  private static boolean isNamed(Listener listener, ParentRef parent) {
    return (parent.sectionName().isEmpty() || parent.sectionName().equals(listener.name()))
        && (parent.port().isEmpty() || parent.port().get() == listener.port());
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
