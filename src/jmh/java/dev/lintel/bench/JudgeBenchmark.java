package dev.lintel.bench;

import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.judge.Judge;
import dev.lintel.judge.Verdict;
import dev.lintel.judge.Write;
import dev.lintel.mesh.Keys;
import dev.lintel.policy.Policy;
import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.Metadata;
import dev.lintel.resource.Service;
import dev.lintel.topology.Change;
import dev.lintel.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Judging one write, and one change of the topology, in clusters of three sizes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class JudgeBenchmark {

  private static final int WRITES = 1024;

  /** How many Services the cluster has. */
  @Param({"1000", "10000", "100000"})
  public int services;

  private final Judge judge = new Judge(RuleCatalogue.complete());
  private Topology topology;
  private List<Write> writes;
  private List<Change> changes;
  private int next;

  /**
   * Builds the cluster and the writes that are judged: labels set on Services, and rules changed.
   */
  @Setup
  public void build() {
    GeneratedCluster cluster = new GeneratedCluster(services);
    topology = cluster.topology();
    writes = new ArrayList<>();
    changes = new ArrayList<>();
    for (int i = 0; i < WRITES; i++) {
      int number = (int) ((long) i * 7919 % services);
      Service old = cluster.service(number);
      Service labelled = withLabels(old);
      changes.add(Change.put(labelled));
      writes.add(
          i % 2 == 0 ? Write.update(old, labelled, "alice") : ruleUpdate(cluster, number / 5));
    }
  }

  /** Judges one write. */
  @Benchmark
  public Verdict judge() {
    next = (next + 1) % WRITES;
    return judge.judge(topology, writes.get(next), Policy.DEFAULT);
  }

  /** Applies one change. */
  @Benchmark
  public Topology apply() {
    next = (next + 1) % WRITES;
    return topology.apply(changes.get(next));
  }

  private static Service withLabels(Service service) {
    Metadata metadata = service.metadata();
    return service.withMetadata(
        new Metadata(
            metadata.namespace(),
            metadata.name(),
            Map.of(Keys.USE_WAYPOINT, "waypoint"),
            Map.of(Keys.TRAFFIC_DISTRIBUTION, "PreferSameZone"),
            metadata.created(),
            false,
            List.of()));
  }

  private static Write ruleUpdate(GeneratedCluster cluster, int number) {
    DestinationRule old = cluster.rule(number);
    DestinationRule now =
        new DestinationRule(
            old.metadata(),
            old.host(),
            List.of("edge"),
            old.workloadSelector(),
            old.trafficPolicy(),
            old.subsets());
    return Write.update(old, now, "alice");
  }
}
