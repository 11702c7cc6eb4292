package dev.lintel.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.mesh.Keys;
import dev.lintel.resource.Kind;
import dev.lintel.resource.Metadata;
import dev.lintel.resource.Resource;
import dev.lintel.resource.ResourceRef;
import dev.lintel.sample.Sample;
import dev.lintel.sample.SampleFiles;
import dev.lintel.state.Settled;
import dev.lintel.topology.Change;
import dev.lintel.topology.Topology;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What depends on a write is found by its kind: a comparison of everything finds nothing else. */
class ScopeTest {

  /** Labels and annotations that bend paths when a Namespace or another object gets them. */
  private static final List<Map.Entry<String, String>> BENDING =
      List.of(
          Map.entry(Keys.USE_WAYPOINT, "waypoint"),
          Map.entry(Keys.INGRESS_USE_WAYPOINT, "true"),
          Map.entry(Keys.DATAPLANE_MODE, "ambient"),
          Map.entry("istio-injection", "enabled"),
          Map.entry("istio.io/waypoint-for", "all"));

  /** Of how many samples one loses each of its objects and gets the labels, which takes time. */
  private static final int EVERY = 8;

  private static final int MOST_SHOWN = 10;

  private final Map<String, Integer> missed = new TreeMap<>();
  private final List<String> examples = new ArrayList<>();
  private int changes;

  @Test
  void holdsWhateverAWriteOrADeletionChanges() throws Exception {
    int number = 0;
    for (Path file : SampleFiles.in(Path.of("src/test/resources/rules"))) {
      Sample sample = Sample.read(file);
      Topology state =
          sample
              .write()
              .old()
              .map(old -> sample.cluster().apply(Change.put(old)))
              .orElse(sample.cluster());
      compare(file, state, Change.put(sample.write().object()), sample.write().ref());
      if (number++ % EVERY == 0) {
        for (Resource object : state.resources().toList()) {
          compare(file, state, Change.remove(object.ref()), object.ref());
          compareLabelled(file, state, object);
        }
      }
    }
    assertThat(missed).as("%s", examples.stream().limit(MOST_SHOWN).toList()).isEmpty();
    assertThat(changes).isGreaterThan(1_000);
  }

  private void compareLabelled(Path file, Topology state, Resource object) {
    if (object.kind() == Kind.NAMESPACE || object.kind() == Kind.GATEWAY) {
      for (Map.Entry<String, String> label : BENDING) {
        compare(file, state, Change.put(labelled(object, label)), object.ref());
      }
    }
  }

  private static Resource labelled(Resource object, Map.Entry<String, String> label) {
    Metadata metadata = object.metadata();
    Map<String, String> labels = new HashMap<>(metadata.labels());
    if (labels.remove(label.getKey()) == null) {
      labels.put(label.getKey(), label.getValue());
    }
    return object.withMetadata(metadata.with(labels, metadata.annotations()));
  }

  /** The controllers have had their time before the change. */
  private void compare(Path file, Topology unsettled, Change change, ResourceRef written) {
    Topology state = Settled.of(unsettled, unsettled).before();
    Topology after = state.apply(change);
    Settled settled = Settled.of(state, after);
    PathDiff whole = PathDiff.between(settled, Scope.everything(settled));
    String namespace = written.kind() == Kind.NAMESPACE ? written.name() : written.namespace();
    Settled near =
        namespace.equals(state.platform().rootNamespace())
            ? settled
            : Settled.of(state, after, namespace::equals);
    PathDiff found = PathDiff.between(near, Scope.of(near, List.of(written), Integer.MAX_VALUE));
    changes += whole.isEmpty() ? 0 : 1;
    if (!entries(found).equals(entries(whole))) {
      missed.merge(written.kind().objectKind(), 1, Integer::sum);
      List<Object> lost = new ArrayList<>(entries(whole));
      lost.removeAll(entries(found));
      examples.add(file.getFileName() + " " + change + ": " + lost);
    }
  }

  private static List<Object> entries(PathDiff diff) {
    List<Object> entries = new ArrayList<>();
    entries.addAll(diff.paths());
    entries.addAll(diff.waypoints());
    entries.addAll(diff.readers());
    entries.addAll(diff.distributions());
    entries.addAll(diff.references());
    entries.addAll(diff.vanished());
    entries.addAll(diff.appeared());
    entries.addAll(diff.unknown());
    return entries;
  }
}
