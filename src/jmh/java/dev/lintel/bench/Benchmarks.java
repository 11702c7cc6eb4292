package dev.lintel.bench;

import dev.lintel.topology.Topology;
import java.io.PrintStream;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the benchmarks and prints what grows with the cluster, and what must not. */
public final class Benchmarks {

  private static final int SERVICES = 100_000;

  private Benchmarks() {}

  /** Runs everything; takes about six minutes. */
  public static void main(String[] args) throws Exception {
    PrintStream out = System.out;
    out.println(
        "Judging one write, applying one change, and what writes do to others; microseconds, one run"
            + " on this machine.");
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(JudgeBenchmark.class.getName())
                    .include(ImpactBenchmark.class.getName())
                    .addProfiler(GCProfiler.class)
                    .verbosity(VerboseMode.SILENT)
                    .jvmArgsAppend("--sun-misc-unsafe-memory-access=allow")
                    .build())
            .run();
    List<Row> rows = results.stream().map(Row::of).sorted(Row.ORDER).toList();
    out.printf(
        "%-8s %10s %10s %10s %12s %14s%n",
        "what", "services", "p50", "p99", "KiB each", "p50 / first's");
    for (Row row : rows) {
      Row base = rows.stream().filter(r -> r.name.equals(row.name)).findFirst().orElse(row);
      out.printf(
          Locale.ROOT,
          "%-8s %,10d %10.1f %10.1f %12.1f %14.2f%n",
          row.name,
          row.services,
          row.p50,
          row.p99,
          row.allocated / 1024,
          row.p50 / base.p50);
    }
    printMemory(out);
    ReplayCost.measure(out);
    RoundTrips.measure("samples/shop", out);
  }

  private static void printMemory(PrintStream out) {
    long before = usedAfterCollection();
    GeneratedCluster cluster = new GeneratedCluster(SERVICES);
    Topology topology = cluster.topology();
    long used = usedAfterCollection() - before;
    out.printf(
        Locale.ROOT,
        "memory: %,d MiB for %,d Services with their rules, entries and routes: %,d bytes to a"
            + " Service%n",
        used >> 20,
        topology.services().count(),
        used / SERVICES);
  }

  private static long usedAfterCollection() {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 5; i++) {
      System.gc();
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private record Row(String name, int services, double p50, double p99, double allocated) {

    static final Comparator<Row> ORDER =
        Comparator.comparing(Row::name).thenComparing(Row::services);

    static Row of(RunResult result) {
      var statistics = result.getPrimaryResult().getStatistics();
      String label = result.getPrimaryResult().getLabel();
      return new Row(
          label,
          Integer.parseInt(result.getParams().getParam("services")),
          statistics.getPercentile(50),
          statistics.getPercentile(99),
          result.getSecondaryResults().get("gc.alloc.rate.norm").getScore());
    }
  }
}
