package dev.lintel.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.mesh.Platform;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.Gateway.Listener;
import dev.lintel.resource.Gateway.NamespacePolicy;
import dev.lintel.resource.GatewayClass;
import dev.lintel.resource.Kind;
import dev.lintel.resource.Metadata;
import dev.lintel.resource.Resource;
import dev.lintel.resource.Route;
import dev.lintel.resource.Route.BackendRef;
import dev.lintel.resource.Route.Match;
import dev.lintel.resource.Route.ParentRef;
import dev.lintel.resource.Route.Rule;
import dev.lintel.resource.Service;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;

/**
 * Which Gateways of kgateway send to a Service, compared with a second, plain reading of
 * docs/domain.md, 4.5: from every listener downwards, with lists and loops, where the topology goes
 * upwards from the Service with indexes.
 */
class ListenerPropertyTest {

  private static final String GATEWAY_API = "gateway.networking.k8s.io";
  private static final BackendRef CART =
      new BackendRef("", "Service", "shop", "cart", Optional.of(80));

  /** Gateways, and routes of all kinds with a number as name. */
  private record World(List<Gateway> gateways, List<Route> routes) {}

  @Property(tries = 4000)
  void theGatewaysThatSendToAServiceAreThoseOfThePlainReading(@ForAll("worlds") World world) {
    List<Resource> objects = new ArrayList<>(world.gateways());
    objects.addAll(world.routes());
    objects.add(cart());
    objects.add(new GatewayClass(Metadata.of("", "kgateway"), "kgateway.dev/kgateway"));
    Topology topology = Topology.of(Platform.AUTO, objects);
    Set<String> found = new TreeSet<>();
    for (IngressLeg leg : topology.ingress().to(topology.backendOf(cart()))) {
      found.add(leg.gateway().name() + (leg.served().isYes() ? "" : "?"));
    }
    Set<String> expected = new TreeSet<>();
    for (Gateway gateway : world.gateways()) {
      expected.addAll(sendsToCart(world, gateway));
    }
    assertThat(found).isEqualTo(expected);
    Statistics.label("sent").collect(!expected.isEmpty());
    Statistics.label("either").collect(expected.stream().anyMatch(name -> name.endsWith("?")));
  }

  private static List<String> sendsToCart(World world, Gateway gateway) {
    boolean maybe = false;
    for (Listener listener : gateway.listeners()) {
      List<Route> taken = new ArrayList<>();
      for (Route route : world.routes()) {
        if (isNamed(route, gateway, listener) && kindsOf(listener).contains(route.kind())) {
          taken.add(route);
        }
      }
      Set<Route> served = new HashSet<>(taken);
      boolean oneOf = false;
      if (listener.protocol().equals("TCP")) {
        served = oldest(taken);
        oneOf = served.size() > 1;
      }
      for (Route route : served) {
        boolean isStream = route.kind() == Kind.TCP_ROUTE || route.kind() == Kind.TLS_ROUTE;
        if (isStream && route.rules().size() != 1) {
          continue;
        }
        if (leadsToCart(world, route, List.of(), new HashSet<>())) {
          if (!oneOf) {
            return List.of(gateway.name());
          }
          maybe = true;
        }
      }
    }
    return maybe ? List.of(gateway.name() + "?") : List.of();
  }

  private static boolean isNamed(Route route, Gateway gateway, Listener listener) {
    for (ParentRef parent : route.parents()) {
      if (parent.isGateway()
          && parent.name().equals(gateway.name())
          && (parent.sectionName().isEmpty() || parent.sectionName().equals(listener.name()))) {
        return true;
      }
    }
    return false;
  }

  private static List<Kind> kindsOf(Listener listener) {
    List<Kind> kinds =
        switch (listener.protocol()) {
          case "HTTP" -> List.of(Kind.HTTP_ROUTE, Kind.GRPC_ROUTE);
          case "TLS" ->
              listener.terminatesTls()
                  ? List.of(Kind.TLS_ROUTE, Kind.TCP_ROUTE)
                  : List.of(Kind.TLS_ROUTE);
          case "TCP" -> List.of(Kind.TCP_ROUTE);
          default -> List.of();
        };
    List<Kind> narrowed = new ArrayList<>();
    for (Kind kind : kinds) {
      if (listener.allowedKinds().isEmpty()
          || listener.allowedKinds().contains(kind.objectKind())) {
        narrowed.add(kind);
      }
    }
    return narrowed;
  }

  private static Set<Route> oldest(List<Route> routes) {
    Set<Route> oldest = new HashSet<>();
    for (Route route : routes) {
      boolean isOldest = true;
      for (Route other : routes) {
        isOldest &= !other.metadata().created().isBefore(route.metadata().created());
      }
      if (isOldest) {
        oldest.add(route);
      }
    }
    return oldest;
  }

  /**
   * Tells whether a rule of a route that is in force sends to the Service, by itself or through
   * children.
   *
   * @param within the matches of the rule above, of which one has to cover a match; empty at the
   *     top
   */
  private static boolean leadsToCart(
      World world, Route route, List<Match> within, Set<String> above) {
    above.add(route.name());
    boolean leads = false;
    for (Rule rule : route.rules()) {
      List<Match> inForce = new ArrayList<>();
      for (Match match : rule.matches()) {
        boolean isWithin = within.isEmpty();
        for (Match outer : within) {
          isWithin |=
              outer.pathType().equals("PathPrefix")
                  && match.path().startsWith(outer.path())
                  && (outer.method().isEmpty() || outer.method().equals(match.method()));
        }
        if (isWithin) {
          inForce.add(match);
        }
      }
      if (inForce.isEmpty()) {
        continue;
      }
      leads |= rule.backends().contains(CART);
      for (Route child : world.routes()) {
        boolean isChild =
            child.kind() == Kind.HTTP_ROUTE
                && route.kind() == Kind.HTTP_ROUTE
                && rule.backends().stream()
                    .anyMatch(ref -> ref.kind().equals("HTTPRoute") && names(ref, child));
        if (isChild && choosesParent(child, route) && !above.contains(child.name())) {
          leads |= leadsToCart(world, child, inForce, new HashSet<>(above));
        }
      }
    }
    return leads;
  }

  private static boolean names(BackendRef ref, Route child) {
    return ref.name().equals("*") || ref.name().equals(child.name());
  }

  private static boolean choosesParent(Route child, Route route) {
    return child.parents().isEmpty()
        || child.parents().stream()
            .anyMatch(parent -> parent.isRoute() && parent.name().equals(route.name()));
  }

  @Provide
  Arbitrary<World> worlds() {
    return Combinators.combine(gateways(), route().list().ofMinSize(1).ofMaxSize(6))
        .as((gateways, routes) -> new World(gateways, named(routes)));
  }

  private static List<Route> named(List<Route> routes) {
    return IntStream.range(0, routes.size())
        .mapToObj(
            i -> {
              Route route = routes.get(i);
              Metadata named =
                  Metadata.of("shop", Integer.toString(i)).createdAt(route.metadata().created());
              return route.withMetadata(named);
            })
        .toList();
  }

  private static Arbitrary<List<Gateway>> gateways() {
    Arbitrary<Listener> listener =
        Combinators.combine(
                Arbitraries.of("HTTP", "HTTP", "TCP", "TCP", "TLS", "UDP"),
                Arbitraries.of(
                    List.<String>of(),
                    List.<String>of(),
                    List.of("HTTPRoute"),
                    List.of("TCPRoute", "TLSRoute")),
                Arbitraries.of(true, false))
            .as(
                (protocol, kinds, terminates) ->
                    new Listener("any", 80, protocol, "", NamespacePolicy.SAME, kinds, terminates));
    return listener
        .list()
        .ofMinSize(1)
        .ofMaxSize(2)
        .list()
        .ofSize(2)
        .map(both -> List.of(gateway("front", both.get(0)), gateway("back", both.get(1))));
  }

  private static Gateway gateway(String name, List<Listener> listeners) {
    List<Listener> named =
        IntStream.range(0, listeners.size())
            .mapToObj(
                i -> {
                  Listener one = listeners.get(i);
                  return new Listener(
                      "l" + i,
                      80 + i,
                      one.protocol(),
                      one.hostname(),
                      one.allowedNamespaces(),
                      one.allowedKinds(),
                      one.terminatesTls());
                })
            .toList();
    return new Gateway(
        Metadata.of("shop", name),
        "kgateway",
        named,
        NamespacePolicy.NONE,
        Map.of(),
        Optional.empty(),
        Optional.of(List.of("10.0.0.9")),
        false);
  }

  private static Arbitrary<Route> route() {
    Arbitrary<Kind> kinds =
        Arbitraries.of(
            Kind.HTTP_ROUTE,
            Kind.HTTP_ROUTE,
            Kind.HTTP_ROUTE,
            Kind.TCP_ROUTE,
            Kind.TCP_ROUTE,
            Kind.TLS_ROUTE,
            Kind.GRPC_ROUTE);
    Arbitrary<List<ParentRef>> parents =
        Arbitraries.frequencyOf(
                Tuple.of(
                    4,
                    Combinators.combine(
                            Arbitraries.of("front", "back"), Arbitraries.of("", "l0", "l1"))
                        .as(
                            (name, section) ->
                                new ParentRef(
                                    GATEWAY_API,
                                    "Gateway",
                                    "shop",
                                    name,
                                    section,
                                    Optional.empty()))),
                Tuple.of(
                    1,
                    Arbitraries.of("0", "1", "2")
                        .map(
                            name ->
                                new ParentRef(
                                    GATEWAY_API, "HTTPRoute", "shop", name, "", Optional.empty()))))
            .list()
            .ofMaxSize(2);
    return Combinators.combine(kinds, parents, rule().list().ofMinSize(1).ofMaxSize(2), ages())
        .as(
            (kind, refs, rules, age) ->
                new Route(
                    Metadata.of("shop", "any").createdAt(Instant.ofEpochSecond(age)),
                    kind,
                    refs,
                    List.of(),
                    rules));
  }

  private static Arbitrary<Integer> ages() {
    return Arbitraries.integers().between(1, 3);
  }

  private static Arbitrary<Rule> rule() {
    Arbitrary<Match> match =
        Combinators.combine(
                Arbitraries.of("PathPrefix", "PathPrefix", "PathPrefix", "Exact"),
                Arbitraries.of("/", "/", "/a", "/a/b", "/ab", "/b"),
                Arbitraries.of("", "", "GET", "POST"))
            .as((type, path, method) -> new Match(type, path, method, Set.of()));
    Arbitrary<BackendRef> backend =
        Arbitraries.frequencyOf(
            Tuple.of(2, Arbitraries.just(CART)),
            Tuple.of(1, Arbitraries.just(CART).map(ref -> backend("Service", "other"))),
            Tuple.of(
                4,
                Arbitraries.of("0", "1", "2", "3", "*")
                    .map(
                        name ->
                            new BackendRef(GATEWAY_API, "HTTPRoute", "", name, Optional.empty()))));
    return Combinators.combine(
            match.list().ofMinSize(1).ofMaxSize(2), backend.list().ofMinSize(1).ofMaxSize(2))
        .as((matches, backends) -> new Rule(matches, backends, false));
  }

  private static BackendRef backend(String kind, String name) {
    return new BackendRef("", kind, "shop", name, Optional.of(80));
  }

  private static Service cart() {
    return new Service(
        Metadata.of("shop", "cart"),
        "ClusterIP",
        List.of("10.96.0.1"),
        Map.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        false);
  }
}
