package dev.lintel.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.resource.Metadata;
import dev.lintel.resource.Resource;
import dev.lintel.resource.ResourceRef;
import dev.lintel.sample.Sample;
import dev.lintel.sample.SampleFiles;
import dev.lintel.topology.Change;
import dev.lintel.topology.Topology;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.statistics.Statistics;

/**
 * What is said of a write depends on the objects that there are and on nothing else. The samples
 * are the raw material, because rules fire there: most tries have findings, and that is demanded.
 */
class JudgePropertyTest {

  private static final Path SAMPLES = Path.of("src/test/resources/rules");
  private static final double FIRING = 45;

  private static final List<Sample> ALL = read();

  private final Judge judge = new Judge(RuleCatalogue.complete());

  @Property(tries = 300, shrinking = ShrinkingMode.OFF)
  void anyInterleavingOfEventsIsAsGoodAsTheFinalState(
      @ForAll("samples") Sample sample, @ForAll("samples") Sample other, @ForAll Random random) {
    Topology built = Topology.empty(sample.policy().platform());
    for (Change event : events(sample, other, random)) {
      built = built.apply(event);
    }
    Topology rebuilt =
        Topology.of(sample.policy().platform(), sample.cluster().resources().toList());
    assertThat(built).isEqualTo(rebuilt);
    List<String> said = said(built, sample);
    assertThat(said).as("%s", sample.file()).isEqualTo(said(rebuilt, sample));
    demandFindings(said);
  }

  @Property(tries = 300, shrinking = ShrinkingMode.OFF)
  void theOrderOfObjectsDoesNotMatter(
      @ForAll("samples") Sample sample, @ForAll("samples") Sample other, @ForAll Random random) {
    List<Resource> objects = union(sample, other);
    Topology one = Topology.of(sample.policy().platform(), objects);
    Collections.shuffle(objects, random);
    Topology another = Topology.of(sample.policy().platform(), objects);
    List<String> said = said(one, sample);
    assertThat(said(another, sample))
        .as("%s beside %s", sample.file(), other.file())
        .isEqualTo(said);
    demandFindings(said);
  }

  @Property(tries = 300, shrinking = ShrinkingMode.OFF)
  void judgingChangesNothing(@ForAll("samples") Sample sample, @ForAll("samples") Sample other) {
    List<Resource> objects = union(sample, other);
    Topology topology = Topology.of(sample.policy().platform(), objects);
    List<String> said = said(topology, sample);
    said(topology, other);
    assertThat(said(topology, sample)).as("%s", sample.file()).isEqualTo(said);
    assertThat(topology).isEqualTo(Topology.of(sample.policy().platform(), objects));
    demandFindings(said);
  }

  @Provide
  Arbitrary<Sample> samples() {
    return Arbitraries.of(ALL);
  }

  /**
   * Each object of the sample once as it is, after any number of other forms, twice or not, taken
   * away in between or not; and objects that are gone in the end. What belongs to one object stays
   * in order, as a watch keeps it.
   */
  private static List<Change> events(Sample sample, Sample other, Random random) {
    Map<ResourceRef, List<Change>> byObject = new LinkedHashMap<>();
    Map<ResourceRef, Resource> stale = new HashMap<>();
    other.cluster().resources().forEach(object -> stale.put(object.ref(), object));
    sample
        .cluster()
        .resources()
        .forEach(
            object -> {
              List<Change> events = new ArrayList<>();
              if (stale.remove(object.ref()) instanceof Resource earlier && random.nextBoolean()) {
                events.add(Change.put(earlier));
              }
              if (random.nextBoolean()) {
                Metadata bare = Metadata.of(object.namespace(), object.name());
                events.add(Change.put(object.withMetadata(bare)));
              }
              if (random.nextInt(3) == 0) {
                events.add(Change.remove(object.ref()));
              }
              events.addAll(Collections.nCopies(1 + random.nextInt(2), Change.put(object)));
              byObject.put(object.ref(), events);
            });
    stale.forEach(
        (ref, object) -> byObject.put(ref, List.of(Change.put(object), Change.remove(ref))));
    return interleaved(new ArrayList<>(byObject.values()), random);
  }

  private static List<Change> interleaved(List<List<Change>> rows, Random random) {
    List<Integer> turns = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      turns.addAll(Collections.nCopies(rows.get(row).size(), row));
    }
    Collections.shuffle(turns, random);
    int[] next = new int[rows.size()];
    List<Change> events = new ArrayList<>();
    for (int row : turns) {
      events.add(rows.get(row).get(next[row]++));
    }
    return events;
  }

  /** The objects of two clusters; where both have one, that of the first. */
  private static List<Resource> union(Sample sample, Sample other) {
    Map<ResourceRef, Resource> objects = new LinkedHashMap<>();
    other.cluster().resources().forEach(object -> objects.put(object.ref(), object));
    sample.cluster().resources().forEach(object -> objects.put(object.ref(), object));
    return new ArrayList<>(objects.values());
  }

  private List<String> said(Topology topology, Sample sample) {
    return judge.judge(topology, sample.write(), sample.policy()).findings().stream()
        .map(
            judged ->
                "%s %s %s %s %s: %s"
                    .formatted(
                        judged.rule().code(),
                        judged.action(),
                        judged.known(),
                        judged.subject(),
                        judged.finding().field(),
                        judged.finding().message()))
        .toList();
  }

  private static void demandFindings(List<String> said) {
    Statistics.label("findings")
        .collect(!said.isEmpty())
        .coverage(coverage -> coverage.check(true).percentage(share -> share > FIRING));
  }

  private static List<Sample> read() {
    try {
      return SampleFiles.in(SAMPLES).stream().map(Sample::read).toList();
    } catch (IOException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
