package dev.lintel.assertion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.assertion.AssertionReport.Outcome;
import dev.lintel.assertion.AssertionReport.Result;
import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.explain.Explainer;
import dev.lintel.explain.Leg;
import dev.lintel.explain.PathView;
import dev.lintel.explain.picture.Picture;
import dev.lintel.explain.picture.Picture.Edge;
import dev.lintel.explain.picture.Picture.Line;
import dev.lintel.explain.picture.Picture.Node;
import dev.lintel.explain.picture.Picture.Role;
import dev.lintel.explain.picture.TopologyPicture;
import dev.lintel.judge.Judge;
import dev.lintel.mesh.HostName;
import dev.lintel.mesh.TrafficDistribution;
import dev.lintel.policy.Assertion;
import dev.lintel.policy.Claim;
import dev.lintel.policy.Glob;
import dev.lintel.policy.Policy;
import dev.lintel.sample.Sample;
import dev.lintel.sample.SampleFiles;
import dev.lintel.topology.Backend;
import dev.lintel.topology.Change;
import dev.lintel.topology.Topology;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Over all samples: where an assertion holds, {@code graph} and {@code explain} show no path of
 * which it is not so; where it is broken, they show one.
 */
class GraphAgreesTest {

  private static final Judge JUDGE = new Judge(RuleCatalogue.complete());
  private static final Pattern PAST_THE_WAYPOINT = Pattern.compile("P[123467]\\b.*");
  private static final Pattern IN_CLEAR = Pattern.compile("P1\\b.*");
  private static final List<TrafficDistribution> MODES = List.of(TrafficDistribution.values());

  /** Those of the traffic distributions come last. */
  private static final List<Claim> CLAIMS =
      Stream.concat(
              Stream.<Claim>of(new Claim.ThroughWaypoint(new Glob("*")), new Claim.Encrypted()),
              MODES.stream().map(Claim.ByTrafficDistribution::new))
          .toList();

  private final Map<Outcome, Integer> met = new EnumMap<>(Outcome.class);

  @Test
  void ofEverySample() throws Exception {
    for (Path file : SampleFiles.in(Path.of("src/test/resources/rules"))) {
      Sample sample = Sample.read(file);
      Topology topology = sample.cluster().apply(Change.put(sample.write().object()));
      Explainer explainer = new Explainer(topology, Policy.DEFAULT, JUDGE);
      Picture picture =
          TopologyPicture.of(topology, explainer, Optional.empty(), Integer.MAX_VALUE);
      compare(file, topology, explainer, picture);
    }
    assertThat(met.get(Outcome.HOLDS)).isGreaterThan(500);
    assertThat(met.get(Outcome.BROKEN)).isGreaterThan(500);
    assertThat(met.get(Outcome.UNTOLD)).isGreaterThan(50);
  }

  /** What a Gateway does whose reference is not resolved is drawn, and never happens. */
  private static Set<HostName> hosts(Topology topology) {
    return Stream.concat(topology.services(), topology.serviceEntries())
        .flatMap(object -> topology.backendsOf(object).stream())
        .map(Backend::host)
        .filter(host -> !host.isWildcard())
        .filter(
            host ->
                topology.backendsWithHost(host).stream()
                    .allMatch(
                        backend ->
                            topology.ingress().to(backend).stream()
                                .noneMatch(
                                    leg -> topology.ingress().resolves(leg, backend).isNo())))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void compare(Path file, Topology topology, Explainer explainer, Picture picture) {
    List<HostName> hosts = List.copyOf(hosts(topology));
    List<Assertion> assertions =
        hosts.stream().flatMap(host -> CLAIMS.stream().map(claim -> about(host, claim))).toList();
    List<Result> results = new Assertor(topology, explainer, Set.of()).check(assertions).results();
    results.forEach(result -> met.merge(result.outcome(), 1, Integer::sum));
    for (int i = 0; i < hosts.size(); i++) {
      int first = i * CLAIMS.size();
      compare(file, topology, picture, hosts.get(i), results.subList(first, first + CLAIMS.size()));
    }
  }

  private static void compare(
      Path file, Topology topology, Picture picture, HostName host, List<Result> results) {
    if (hasNodeOfItsOwn(topology, host)) {
      Set<String> labels = labels(picture, topology, host);
      agree(file, host, results.get(0), labels.stream().anyMatch(is(PAST_THE_WAYPOINT)));
      agree(file, host, results.get(1), labels.stream().anyMatch(is(IN_CLEAR)));
    }
    List<PathView> paths =
        topology.backendsWithHost(host).stream()
            .flatMap(backend -> Explainer.paths(topology, backend).stream())
            .toList();
    for (int i = 0; i < MODES.size(); i++) {
      agree(file, host, results.get(2 + i), isPickedOtherwise(paths, MODES.get(i)));
    }
  }

  private static void agree(Path file, HostName host, Result result, boolean isBreachShown) {
    String what = "%s: %s of %s".formatted(file, result.assertion().claim().spoken(), host);
    switch (result.outcome()) {
      case HOLDS -> assertThat(isBreachShown).as(what).isFalse();
      case BROKEN -> assertThat(isBreachShown).as(what).isTrue();
      case UNTOLD -> {}
    }
  }

  private static Predicate<String> is(Pattern pattern) {
    return label -> pattern.matcher(label).matches();
  }

  /** Returns what stands on the edges from routes straight to the host. */
  private static Set<String> labels(Picture picture, Topology topology, HostName host) {
    Set<String> hosts =
        picture.nodes().stream()
            .filter(node -> node.role() == Role.BACKEND)
            .filter(node -> isOf(node, topology, host))
            .map(Node::id)
            .collect(Collectors.toSet());
    return picture.edges().stream()
        .filter(edge -> hosts.contains(edge.to()))
        .filter(edge -> edge.line() != Line.READ && edge.line() != Line.MESH)
        .map(Edge::label)
        .collect(Collectors.toSet());
  }

  /** One node stands for all hosts of an entry; then it says nothing of one of them. */
  private static boolean hasNodeOfItsOwn(Topology topology, HostName host) {
    return topology.backendsWithHost(host).stream()
        .allMatch(backend -> topology.backendsOf(backend.resource()).size() == 1);
  }

  private static boolean isOf(Node node, Topology topology, HostName host) {
    return topology.backendsWithHost(host).stream()
        .map(backend -> backend.resource().ref())
        .anyMatch(ref -> node.ref().filter(ref::equals).isPresent());
  }

  private static boolean isPickedOtherwise(List<PathView> paths, TrafficDistribution mode) {
    return paths.stream()
        .flatMap(path -> path.possibilities().stream())
        .flatMap(possibility -> possibility.legs().stream())
        .filter(leg -> leg.to().kind() == Leg.Stop.Kind.ENDPOINTS)
        .flatMap(leg -> leg.choice().stream())
        .anyMatch(choice -> !inForce(choice).equals(mode.spelling()));
  }

  /** A zone-aware policy of kgateway has all endpoints alike. */
  private static String inForce(Leg.Choice choice) {
    return choice
        .displacedBy()
        .map(by -> by.startsWith("zoneAware of") ? TrafficDistribution.ANY.spelling() : by)
        .orElse(choice.mode());
  }

  private static Assertion about(HostName host, Claim claim) {
    return new Assertion("it", List.of(new Glob(host.value())), List.of(), claim, 1);
  }
}
