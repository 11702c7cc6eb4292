package dev.lintel.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.diff.PathDiff.PathChange;
import dev.lintel.diff.PathDiff.WaypointChange;
import dev.lintel.explain.Explainer;
import dev.lintel.explain.Explanation;
import dev.lintel.explain.HostView;
import dev.lintel.explain.PathView;
import dev.lintel.judge.Judge;
import dev.lintel.mesh.HostName;
import dev.lintel.policy.Policy;
import dev.lintel.resource.NamespacedName;
import dev.lintel.resource.ResourceRef;
import dev.lintel.sample.Sample;
import dev.lintel.sample.SampleFiles;
import dev.lintel.state.Settled;
import dev.lintel.topology.Backend;
import dev.lintel.topology.Change;
import dev.lintel.topology.IngressPath;
import dev.lintel.topology.Topology;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The difference of a write is that of what explain says of both sides, over all samples. */
class DiffSaysWhatExplainSaysTest {

  private static final Judge JUDGE = new Judge(RuleCatalogue.complete());

  private int paths;
  private int waypoints;

  @Test
  void ofEverySample() throws Exception {
    for (Path file : SampleFiles.in(Path.of("src/test/resources/rules"))) {
      Sample sample = Sample.read(file);
      Topology before =
          sample
              .write()
              .old()
              .map(old -> sample.cluster().apply(Change.put(old)))
              .orElse(sample.cluster());
      compare(file, Settled.of(before, before.apply(Change.put(sample.write().object()))));
    }
    assertThat(paths).isGreaterThan(50);
    assertThat(waypoints).isGreaterThan(20);
  }

  private void compare(Path sample, Settled settled) {
    PathDiff diff = PathDiff.between(settled, Scope.everything(settled));
    List<PathChange> changes = new ArrayList<>();
    List<WaypointChange> bindings = new ArrayList<>();
    for (HostName host : Scope.everything(settled).hosts()) {
      Optional<HostView> was = view(settled.before(), host);
      Optional<HostView> is = view(settled.after(), host);
      addPaths(host, rows(settled.before(), host), rows(settled.after(), host), changes);
      Optional<NamespacedName> waypointBefore = was.flatMap(DiffSaysWhatExplainSaysTest::bound);
      Optional<NamespacedName> waypointAfter = is.flatMap(DiffSaysWhatExplainSaysTest::bound);
      if (!waypointBefore.equals(waypointAfter)) {
        bindings.add(new WaypointChange(host, waypointBefore, waypointAfter));
      }
    }
    assertThat(diff.paths()).as("%s", sample).containsExactlyElementsOf(changes);
    assertThat(diff.waypoints()).as("%s", sample).containsExactlyElementsOf(bindings);
    paths += changes.size();
    waypoints += bindings.size();
  }

  private static void addPaths(
      HostName host,
      Map<NamespacedName, Set<Optional<Row>>> was,
      Map<NamespacedName, Set<Optional<Row>>> is,
      List<PathChange> changes) {
    Set<NamespacedName> gateways = new TreeSet<>(was.keySet());
    gateways.addAll(is.keySet());
    for (NamespacedName gateway : gateways) {
      Set<Optional<Row>> before = was.getOrDefault(gateway, Set.of(Optional.empty()));
      Set<Optional<Row>> after = is.getOrDefault(gateway, Set.of(Optional.empty()));
      if (before.size() == 1 && after.size() == 1 && !before.equals(after)) {
        changes.add(
            new PathChange(host, gateway, before.iterator().next(), after.iterator().next()));
      }
    }
  }

  private static Optional<HostView> view(Topology topology, HostName host) {
    return topology.canonicalBackend(host).map(backend -> view(topology, backend));
  }

  private static HostView view(Topology topology, Backend backend) {
    Explanation explanation =
        new Explainer(topology, Policy.DEFAULT, JUDGE).explainHost(List.of(backend));
    return ((Explanation.OfHosts) explanation.content()).hosts().getFirst();
  }

  /** Of several backends of a host the one that counts first tells how a Gateway comes to it. */
  private static Map<NamespacedName, Set<Optional<Row>>> rows(Topology topology, HostName host) {
    Map<NamespacedName, Set<Optional<Row>>> rows = new TreeMap<>();
    Stream.concat(
            topology.canonicalBackend(host).stream(), topology.backendsWithHost(host).stream())
        .forEach(backend -> rows(topology, backend).forEach(rows::putIfAbsent));
    return rows;
  }

  /** Whether a Gateway really comes to the host is not part of a path's view. */
  private static Map<NamespacedName, Set<Optional<Row>>> rows(Topology topology, Backend backend) {
    Map<NamespacedName, Set<Optional<Row>>> rows = new TreeMap<>();
    for (PathView path : view(topology, backend).paths()) {
      rows.put(key(path.gateway()), labels(path));
    }
    mend(topology, backend, rows);
    return rows;
  }

  private static void mend(
      Topology topology, Backend backend, Map<NamespacedName, Set<Optional<Row>>> rows) {
    topology
        .ingress()
        .to(backend)
        .forEach(
            leg -> {
              if (topology.ingress().resolves(leg, backend).isNo()) {
                rows.remove(leg.gateway().key());
              } else if (!leg.served().isYes()
                  || !topology.ingress().resolves(leg, backend).isYes()) {
                rows.computeIfPresent(
                    leg.gateway().key(),
                    (gateway, known) -> {
                      Set<Optional<Row>> more = new HashSet<>(known);
                      more.add(Optional.empty());
                      return more;
                    });
              }
            });
  }

  private static Set<Optional<Row>> labels(PathView path) {
    return path.possibilities().stream()
        .map(PathView.Possibility::path)
        .map(IngressPath::label)
        .map(Row::valueOf)
        .map(Optional::of)
        .collect(Collectors.toSet());
  }

  private static Optional<NamespacedName> bound(HostView view) {
    return view.waypoint().state() == HostView.Waypoint.State.BOUND
        ? view.waypoint().gateway().map(DiffSaysWhatExplainSaysTest::key)
        : Optional.empty();
  }

  private static NamespacedName key(ResourceRef ref) {
    return new NamespacedName(ref.namespace(), ref.name());
  }
}
