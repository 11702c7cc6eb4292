package dev.lintel.topology;

import dev.lintel.mesh.Fact;
import dev.lintel.mesh.HostName;
import dev.lintel.mesh.Keys;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.Gateway.Listener;
import dev.lintel.resource.Gateway.NamespacePolicy;
import dev.lintel.resource.Kind;
import dev.lintel.resource.ListenerSet;
import dev.lintel.resource.ResourceRef;
import dev.lintel.resource.Route;
import dev.lintel.resource.Route.Match;
import dev.lintel.resource.Route.ParentRef;
import dev.lintel.resource.Route.Rule;
import dev.lintel.topology.RefusedParent.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Follows a route to its Gateways: through listeners, through sets of listeners, and through routes
 * that delegate to it (docs/domain.md, 4.5).
 */
final class Attachments {

  private static final Set<String> TRUE = Set.of("true", "yes", "enabled");

  private final Topology topology;
  private final Indexes indexes;
  private final Map<Visit, Set<Match>> visited = new HashMap<>();
  private final List<Attachment> found = new ArrayList<>();

  private Attachments(Topology topology, Indexes indexes) {
    this.topology = topology;
    this.indexes = indexes;
  }

  /** Returns every way in which a route comes to a Gateway, by the Gateway's namespace and name. */
  static List<Attachment> of(Topology topology, Indexes indexes, Route route) {
    List<Match> matches = route.rules().stream().flatMap(r -> r.matches().stream()).toList();
    Attachments attachments = new Attachments(topology, indexes);
    attachments.follow(route, new LinkedHashSet<>(matches), List.of(), Fact.yes());
    return attachments.sorted();
  }

  /** Returns how a rule of a route comes to Gateways through routes that delegate to it. */
  static List<Attachment> delegated(Topology topology, Indexes indexes, Route route, Rule rule) {
    Attachments attachments = new Attachments(topology, indexes);
    attachments.followParents(
        route, new LinkedHashSet<>(rule.matches()), List.of(route.ref()), Fact.yes());
    return attachments.sorted();
  }

  /** Returns how a route comes to the Gateways that it names itself. */
  static List<Attachment> direct(Topology topology, Indexes indexes, Route route) {
    Attachments attachments = new Attachments(topology, indexes);
    attachments.attach(route, List.of(), Fact.yes());
    return attachments.sorted();
  }

  private List<Attachment> sorted() {
    return found.stream()
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
  static Map<String, String> labels(Topology topology, String namespace) {
    Map<String, String> labels = new HashMap<>();
    topology.namespace(namespace).ifPresent(found -> labels.putAll(found.metadata().labels()));
    labels.put(Keys.NAMESPACE_NAME, namespace);
    return labels;
  }

  /**
   * Follows a route upwards. A route is looked at once for each match that has to be in force
   * there: one that delegates to itself, by whatever detour, is not asked twice.
   *
   * @param matches those by which requests come to the rule at which the way begins
   * @param children the routes that were followed, the last first
   * @param soFar whether what was followed is known to delegate
   */
  private void follow(Route route, Set<Match> matches, List<ResourceRef> children, Fact soFar) {
    if (children.size() > Limits.DELEGATIONS) {
      topology
          .answers()
          .cut(
              "routes delegate more than %d times; the first were followed"
                  .formatted(Limits.DELEGATIONS));
      return;
    }
    Visit visit = new Visit(route.ref(), soFar.isYes());
    boolean isFirst = !visited.containsKey(visit);
    Set<Match> before = visited.computeIfAbsent(visit, ignored -> new HashSet<>());
    Set<Match> more = new LinkedHashSet<>(matches);
    more.removeAll(before);
    before.addAll(more);
    if (isFirst) {
      attach(route, children, soFar);
    }
    if (isFirst || !more.isEmpty()) {
      List<ResourceRef> chain = new ArrayList<>(children);
      chain.addFirst(route.ref());
      followParents(route, more, chain, soFar);
    }
  }

  private void followParents(Route route, Set<Match> matches, List<ResourceRef> chain, Fact soFar) {
    List<BackendKey> keys = BackendKey.delegatingTo(route);
    boolean inherits = inherits(route);
    boolean isJoined = inherits && chain.size() > 1;
    Fact known =
        isJoined && soFar.isYes()
            ? Fact.unknown(
                route.ref().spoken() + " joins its matches to those of the routes above it")
            : soFar;
    parentRoutes(route, keys)
        .forEach(
            parent -> {
              topology.work(1 + parent.rules().size());
              Set<Match> covering =
                  parent.rules().stream()
                      .filter(rule -> delegates(parent, rule, keys))
                      .flatMap(rule -> rule.matches().stream())
                      .filter(match -> inherits || covers(match, matches))
                      .collect(Collectors.toCollection(LinkedHashSet::new));
              if (!covering.isEmpty()) {
                follow(parent, covering, chain, known);
              }
            });
  }

  private boolean covers(Match parent, Set<Match> children) {
    topology.work(children.size() / 8);
    return children.stream().anyMatch(parent::covers);
  }

  private static boolean delegates(Route parent, Rule rule, List<BackendKey> keys) {
    return rule.backends().stream()
        .flatMap(ref -> BackendKey.of(parent, ref).stream())
        .anyMatch(keys::contains);
  }

  private static boolean inherits(Route route) {
    return route
        .metadata()
        .annotation(Keys.INHERIT_MATCHES)
        .filter(value -> TRUE.contains(value.toLowerCase(Locale.ROOT)))
        .isPresent();
  }

  private void attach(Route route, List<ResourceRef> children, Fact soFar) {
    topology.work(1 + route.parents().size());
    route
        .parents()
        .forEach(
            parent ->
                placeOf(parent).ifPresent(place -> attach(route, parent, place, children, soFar)));
  }

  private void attach(
      Route route, ParentRef parent, Place place, List<ResourceRef> children, Fact soFar) {
    List<Admission> admissions =
        admissions(place, route, parent).stream()
            .filter(admission -> !admission.served().isNo())
            .toList();
    if (admissions.isEmpty()) {
      return;
    }
    List<ResourceRef> delegation = new ArrayList<>(children);
    if (!children.isEmpty()) {
      delegation.addFirst(route.ref());
      delegation.removeLast();
    }
    Fact served =
        admissions.stream()
            .map(Admission::served)
            .filter(Fact::isYes)
            .findFirst()
            .orElse(admissions.getFirst().served());
    found.add(
        new Attachment(
            place.gateway(),
            admissions.stream().map(admission -> admission.listener().name()).toList(),
            place.set().map(ListenerSet::ref),
            delegation,
            soFar.isYes() ? served : soFar));
  }

  /** Returns where the listeners stand that a parent names, unless its Gateway does not let it. */
  private Optional<Place> placeOf(ParentRef parent) {
    if (parent.isGateway()) {
      return topology
          .gateway(parent.namespace(), parent.name())
          .map(gateway -> new Place(gateway, Optional.empty()));
    }
    return setOf(parent)
        .flatMap(
            set ->
                gatewayOf(set)
                    .filter(gateway -> extendsGateway(set, gateway))
                    .map(gateway -> new Place(gateway, Optional.of(set))));
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
  private Stream<Route> parentRoutes(Route child, List<BackendKey> keys) {
    if (!child.hostnames().isEmpty()) {
      return Stream.empty();
    }
    return keys.stream()
        .flatMap(key -> indexes.routesByBackend().find(key))
        .distinct()
        .filter(parent -> parent.kind() == Kind.HTTP_ROUTE && accepts(child, parent));
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

  /** Returns the listeners that take a route, each with whether it is served there. */
  private List<Admission> admissions(Place place, Route route, ParentRef parent) {
    List<Listener> listeners = place.listeners();
    topology.work(listeners.size() * (1 + route.hostnames().size()));
    return listeners.stream()
        .filter(listener -> isNamed(listener, parent))
        .filter(listener -> takes(listener, place, route))
        .map(listener -> new Admission(listener, served(listener, place, route)))
        .toList();
  }

  private boolean takes(Listener listener, Place place, Route route) {
    return listener.serves(route.kind())
        && servesHostsOf(listener, route)
        && allows(topology, place.namespace(), listener.allowedNamespaces(), route.namespace());
  }

  /**
   * Tells whether kgateway serves a route at a listener that takes it: a TCPRoute or TLSRoute only
   * with one rule, and of several TCPRoutes at a TCP listener only the oldest, whatever it has.
   */
  private Fact served(Listener listener, Place place, Route route) {
    boolean isOfStreams = route.kind() == Kind.TCP_ROUTE || route.kind() == Kind.TLS_ROUTE;
    if (!isOfStreams || topology.ingress().kgatewayOf(place.gateway()).isEmpty()) {
      return Fact.yes();
    }
    if (route.rules().size() != 1) {
      return Fact.no();
    }
    if (!listener.protocol().equals("TCP")) {
      return Fact.yes();
    }
    List<Route> oldest = oldestAt(listener, place);
    if (oldest.stream().noneMatch(route::equals)) {
      return Fact.no();
    }
    return oldest.size() == 1
        ? Fact.yes()
        : Fact.unknown(
            "kgateway serves only one TCPRoute at listener %s, and %s are of the same age"
                .formatted(
                    listener.name(),
                    oldest.stream()
                        .map(Route::key)
                        .map(Object::toString)
                        .sorted()
                        .limit(3)
                        .collect(Collectors.joining(" and "))));
  }

  /** Returns the oldest TCPRoutes that a listener takes; several if they are of the same age. */
  private List<Route> oldestAt(Listener listener, Place place) {
    return topology
        .answers()
        .once(
            new Question.OfListener(place.owner(), listener.name()),
            () -> {
              List<Route> all =
                  Oldest.of(
                      indexes.tcpRoutesByParent().find(place.owner()),
                      Limits.ROUTES,
                      topology.answers(),
                      "TCPRoutes name " + place.owner().spoken());
              List<Route> taken =
                  all.stream().filter(other -> isTaken(listener, place, other)).toList();
              return taken.stream()
                  .filter(
                      other ->
                          other.metadata().created().equals(taken.getFirst().metadata().created()))
                  .toList();
            });
  }

  private boolean isTaken(Listener listener, Place place, Route route) {
    topology.work(1 + route.parents().size() / 8);
    return route.parents().stream()
            .filter(parent -> place.isNamedBy(parent))
            .anyMatch(parent -> isNamed(listener, parent))
        && takes(listener, place, route);
  }

  /** Says why a parent does not take a route; empty if it does, and for parents of other kinds. */
  private Optional<Reason> refusal(Route route, ParentRef parent) {
    if (parent.isGateway()) {
      return placeOf(parent)
          .map(place -> refusal(place, route, parent))
          .orElse(Optional.of(Reason.NOT_FOUND));
    }
    boolean isSet =
        Kind.ofGroup(parent.group(), parent.kind()).filter(Kind::isListenerSet).isPresent();
    return isSet ? refusalOfSet(route, parent) : Optional.empty();
  }

  private Optional<Reason> refusalOfSet(Route route, ParentRef parent) {
    if (setOf(parent).flatMap(this::gatewayOf).isEmpty()) {
      return Optional.of(Reason.NOT_FOUND);
    }
    return placeOf(parent)
        .map(place -> refusal(place, route, parent))
        .orElse(Optional.of(Reason.SET_NOT_ALLOWED));
  }

  /** The first condition that leaves no listener is the reason. */
  private Optional<Reason> refusal(Place place, Route route, ParentRef parent) {
    List<Admission> admissions = admissions(place, route, parent);
    if (!admissions.isEmpty()) {
      return Optional.of(route.rules().size() == 1 ? Reason.OLDER_ROUTE : Reason.SEVERAL_RULES)
          .filter(reason -> admissions.stream().allMatch(a -> a.served().isNo()));
    }
    List<Listener> named = place.listeners().stream().filter(l -> isNamed(l, parent)).toList();
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
    HostName served = new HostName(listener.hostname()).folded();
    return route.hostnames().stream()
        .map(host -> new HostName(host).folded())
        .anyMatch(host -> served.covers(host) || host.covers(served));
  }

  /** A route, and whether all that was followed to it is known to delegate. */
  private record Visit(ResourceRef route, boolean isSure) {}

  /** A listener that takes a route. */
  private record Admission(Listener listener, Fact served) {}

  /** A Gateway with its own listeners, or with those of a set. */
  private record Place(Gateway gateway, Optional<ListenerSet> set) {

    List<Listener> listeners() {
      return set.map(ListenerSet::listeners).orElseGet(gateway::listeners);
    }

    ResourceRef owner() {
      return set.map(ListenerSet::ref).orElseGet(gateway::ref);
    }

    String namespace() {
      return owner().namespace();
    }

    boolean isNamedBy(ParentRef parent) {
      return Kind.ofGroup(parent.group(), parent.kind())
          .filter(kind -> kind == owner().kind())
          .filter(kind -> parent.namespace().equals(owner().namespace()))
          .filter(kind -> parent.name().equals(owner().name()))
          .isPresent();
    }
  }
}
