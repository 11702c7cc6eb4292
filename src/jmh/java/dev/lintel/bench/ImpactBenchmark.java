package dev.lintel.bench;

import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.diff.PathDiff;
import dev.lintel.impact.BendingWrite;
import dev.lintel.impact.ImpactJudge;
import dev.lintel.judge.Judge;
import dev.lintel.judge.Verdict;
import dev.lintel.mesh.Keys;
import dev.lintel.policy.Policy;
import dev.lintel.resource.Metadata;
import dev.lintel.resource.Namespace;
import dev.lintel.resource.Resource;
import dev.lintel.resource.Service;
import dev.lintel.state.Settled;
import dev.lintel.topology.Change;
import dev.lintel.topology.Topology;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

/** What writes do to others: a label of a Namespace with so many Services, and one Service less. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(1)
public class ImpactBenchmark {

  private static final int OTHERS = 10_000;
  private static final String WIDE = "wide";

  /** How many Services the Namespace has; in other Namespaces there are 10,000. */
  @Param({"10", "1000", "10000"})
  public int services;

  private final ImpactJudge judge =
      new ImpactJudge(new Judge(RuleCatalogue.complete()), Clock.systemUTC());
  private Topology topology;
  private BendingWrite labelled;
  private BendingWrite deleted;

  /** Builds the cluster and the writes. */
  @Setup
  public void build() {
    GeneratedCluster cluster = new GeneratedCluster(OTHERS);
    Topology built = cluster.topology();
    Namespace old = new Namespace(Metadata.of("", WIDE));
    built = built.apply(Change.put(old)).apply(Change.put(cluster.waypoint(WIDE)));
    for (int i = 0; i < services; i++) {
      Service service = cluster.service(1 + 10 * i);
      Metadata own = Metadata.of(WIDE, "service-" + i);
      built = built.apply(Change.put(service.withMetadata(own)));
    }
    topology = built;
    Namespace now =
        old.withMetadata(old.metadata().with(Map.of(Keys.USE_WAYPOINT, "waypoint"), Map.of()));
    labelled = write(Optional.of(old), Optional.of(now));
    deleted = write(Optional.of(cluster.service(0)), Optional.empty());
  }

  private static BendingWrite write(Optional<Resource> old, Optional<Resource> now) {
    return new BendingWrite(old.orElseThrow().ref(), old, now, "alice", Set.of());
  }

  /** Tells what a label of the Namespace does to as many hosts as the policy allows. */
  @Benchmark
  public Verdict label() {
    return judge.assess(topology, labelled, Policy.DEFAULT, () -> false);
  }

  /** Compares every host of the Namespace. */
  @Benchmark
  public PathDiff whole() {
    Topology after = topology.apply(Change.put(labelled.object().orElseThrow()));
    Settled settled = Settled.of(topology, after);
    return PathDiff.between(
        settled, dev.lintel.diff.Scope.of(settled, List.of(labelled.ref()), Integer.MAX_VALUE));
  }

  /** Tells what becomes of others when one of the 10,000 Services is deleted. */
  @Benchmark
  public Verdict delete() {
    return judge.assess(topology, deleted, Policy.DEFAULT, () -> false);
  }
}
