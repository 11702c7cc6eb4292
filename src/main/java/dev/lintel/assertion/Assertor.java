package dev.lintel.assertion;

import dev.lintel.assertion.Answer.Breached;
import dev.lintel.assertion.Answer.Kept;
import dev.lintel.assertion.Answer.Open;
import dev.lintel.assertion.AssertionReport.Breach;
import dev.lintel.assertion.AssertionReport.Way;
import dev.lintel.diff.Arrival;
import dev.lintel.explain.Explainer;
import dev.lintel.explain.PathView;
import dev.lintel.mesh.HostName;
import dev.lintel.policy.Assertion;
import dev.lintel.policy.Claim;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.Kind;
import dev.lintel.topology.Backend;
import dev.lintel.topology.GatewayRole;
import dev.lintel.topology.TooMuchWorkException;
import dev.lintel.topology.Topology;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Holds assertions against a state. */
public final class Assertor {

  private final Topology topology;
  private final Explainer explainer;
  private final Set<Kind> gaps;

  /**
   * Creates one who does.
   *
   * @param explainer tells who reads DestinationRules of the same state
   * @param gaps the kinds of which not every object is known
   */
  public Assertor(Topology topology, Explainer explainer, Set<Kind> gaps) {
    this.topology = topology;
    this.explainer = explainer;
    this.gaps = Set.copyOf(gaps);
  }

  /** Tells what becomes of assertions. */
  public AssertionReport check(List<Assertion> assertions) {
    List<Tally> tallies = assertions.stream().map(Tally::new).toList();
    hosts()
        .forEach(
            (host, namespaces) -> {
              List<Tally> asked =
                  tallies.stream()
                      .filter(tally -> isAbout(tally.assertion(), host, namespaces))
                      .toList();
              if (!asked.isEmpty()) {
                look(host, asked);
              }
            });
    tallies.forEach(this::finish);
    return new AssertionReport(tallies.stream().map(Tally::result).toList());
  }

  private SortedMap<HostName, Set<String>> hosts() {
    SortedMap<HostName, Set<String>> hosts = new TreeMap<>();
    Stream.concat(topology.services(), topology.serviceEntries())
        .flatMap(object -> topology.backendsOf(object).stream())
        .forEach(
            backend ->
                hosts
                    .computeIfAbsent(backend.host(), host -> new TreeSet<>())
                    .add(backend.namespace()));
    return hosts;
  }

  private static boolean isAbout(Assertion assertion, HostName host, Set<String> namespaces) {
    return namespaces.stream().anyMatch(namespace -> assertion.isAbout(host.value(), namespace));
  }

  private void look(HostName host, List<Tally> asked) {
    asked.forEach(Tally::addHost);
    List<Tally> ofPaths =
        asked.stream()
            .filter(tally -> !(tally.assertion().claim() instanceof Claim.RuleIsRead))
            .toList();
    if (ofPaths.isEmpty()) {
      return;
    }
    Way way = new Way(Optional.empty(), Optional.of(host));
    try {
      HostWays ways = HostWays.read(topology, host);
      ofPaths.forEach(tally -> look(ways, tally));
      ways.topology().cuts().forEach(cut -> ofPaths.forEach(tally -> tally.doubt(way, cut)));
    } catch (TooMuchWorkException e) {
      ofPaths.forEach(tally -> tally.doubt(way, "too much bears on it"));
    }
  }

  private static void look(HostWays ways, Tally tally) {
    Claim claim = tally.assertion().claim();
    for (Arrival arrival : ways.arrivals()) {
      tally.addPath();
      Way way = new Way(Optional.of(arrival.leg().gateway().ref()), Optional.of(ways.host()));
      switch (new PathClaims(ways.topology(), arrival).answer(claim)) {
        case Kept(var assumed) ->
            assumed.forEach(
                reason -> tally.assume(arrival.leg().gateway().ref().spoken() + ": " + reason));
        case Open(var reason) -> tally.doubt(way, reason);
        case Breached(var why) ->
            tally.breach(() -> new Breach(way, why, path(ways, arrival), Optional.empty()));
      }
    }
    for (Gateway other : ways.others()) {
      tally.addPath();
      look(ways, other, tally);
    }
  }

  private static Optional<PathView> path(HostWays ways, Arrival arrival) {
    return Explainer.paths(ways.topology(), arrival.backend()).stream()
        .filter(view -> view.gateway().equals(arrival.leg().gateway().ref()))
        .findFirst();
  }

  /** What other Gateways do is not followed; that they come is all that is known. */
  private static void look(HostWays ways, Gateway gateway, Tally tally) {
    Way way = new Way(Optional.of(gateway.ref()), Optional.of(ways.host()));
    boolean isIstios = ways.topology().roleOf(gateway) == GatewayRole.ISTIO_INGRESS;
    boolean isAllowed =
        tally.assertion().claim() instanceof Claim.OnlyFrom(var allowed)
            && allowed.stream().anyMatch(glob -> glob.matches(gateway.key().toString()));
    if (isAllowed) {
      return;
    }
    if (isIstios && tally.assertion().claim() instanceof Claim.OnlyFrom) {
      tally.breach(
          () ->
              new Breach(
                  way,
                  "Gateway %s, one of Istio's own, reaches it".formatted(gateway.key()),
                  Optional.empty(),
                  Optional.empty()));
    } else {
      tally.doubt(
          way,
          isIstios
              ? "the paths of Istio's own Gateways are not followed"
              : "what Gateways of class %s do is not known".formatted(gateway.className()));
    }
  }

  private void finish(Tally tally) {
    Assertion assertion = tally.assertion();
    if (tally.hosts() == 0) {
      tally.doubt(Way.NONE, "there is no host that it is about");
    }
    if (!gaps.isEmpty()) {
      tally.doubt(
          Way.NONE,
          "not all are known: "
              + gaps.stream().map(Kind::objectKind).sorted().collect(Collectors.joining(", ")));
    }
    if (assertion.claim() instanceof Claim.RuleIsRead read) {
      new RuleClaims(topology, explainer, gaps.contains(Kind.DESTINATION_RULE))
          .look(read.rule(), about(assertion), tally);
    }
  }

  private Predicate<Backend> about(Assertion assertion) {
    return backend -> assertion.isAbout(backend.host().value(), backend.namespace());
  }
}
