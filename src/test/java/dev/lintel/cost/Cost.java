package dev.lintel.cost;

import com.fasterxml.jackson.core.JsonParser;
import com.sun.management.ThreadMXBean;
import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.judge.Judge;
import dev.lintel.judge.Judged;
import dev.lintel.judge.Write;
import dev.lintel.policy.Policy;
import dev.lintel.resource.JsonBody;
import dev.lintel.resource.MalformedObjectException;
import dev.lintel.resource.Resource;
import dev.lintel.resource.Resources;
import dev.lintel.topology.Change;
import dev.lintel.topology.Topology;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Measures what it costs to take an object in: to read it, to judge it, to have it beside what
 * others write, and to let it go. Bytes allocated by this thread are counted, because they do not
 * depend on what else the machine does.
 */
final class Cost {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Judge judge = new Judge(RuleCatalogue.complete());
  private final Topology shop = Shop.topology();
  private final List<Write> writes = Shop.writes();
  private long said;

  /**
   * What it took.
   *
   * @param bytes how many were allocated
   * @param nanos the thread's time
   */
  record Spent(long bytes, long nanos) {
    @Override
    public String toString() {
      return "%,d bytes and %d ms".formatted(bytes, nanos / 1_000_000);
    }
  }

  /** Returns how many letters have been said of writes so far. */
  long said() {
    return said;
  }

  /** Measures; an object that cannot be read has cost its reading. */
  Spent of(WorstCase worst, int size) {
    byte[] json = worst.ofSize(size).getBytes(StandardCharsets.UTF_8);
    long bytes = THREADS.getCurrentThreadAllocatedBytes();
    long nanos = THREADS.getCurrentThreadCpuTime();
    takeIn(worst, json);
    return new Spent(
        THREADS.getCurrentThreadAllocatedBytes() - bytes,
        THREADS.getCurrentThreadCpuTime() - nanos);
  }

  private void takeIn(WorstCase worst, byte[] json) {
    Resource object;
    try {
      object = read(worst, json);
    } catch (MalformedObjectException e) {
      return;
    }
    if (judge.kinds().contains(object.kind())) {
      judge(shop, Write.create(object, "ann"));
    }
    Topology with = shop.apply(Change.put(object));
    for (Write write : writes) {
      judge(with, write);
    }
    with.apply(Change.remove(object.ref()));
  }

  static Resource read(WorstCase worst, byte[] json) throws MalformedObjectException {
    try (JsonParser parser = new JsonBody(json, json.length).parser()) {
      return Resources.read(worst.kind(), parser);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void judge(Topology state, Write write) {
    for (Judged judged : judge.judge(state, write, Policy.DEFAULT).findings()) {
      said += judged.finding().message().length();
    }
  }
}
