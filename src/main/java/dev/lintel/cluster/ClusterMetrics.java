package dev.lintel.cluster;

import dev.lintel.resource.Kind;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** What the cluster's side counts. */
@Singleton
class ClusterMetrics {

  private final MeterRegistry registry;
  private final AtomicInteger lastReload = new AtomicInteger(1);

  /** By the ordinal number of the kind. */
  private final AtomicIntegerArray malformedPresent = new AtomicIntegerArray(Kind.values().length);

  ClusterMetrics(MeterRegistry registry) {
    this.registry = registry;
    Gauge.builder("lintel.config.last.reload.successful", lastReload, AtomicInteger::get)
        .description("Whether the policy as written last is in force (1), or an older one (0)")
        .register(registry);
    for (Kind kind : Kind.values()) {
      show(kind);
    }
  }

  /** Shows how old the snapshot is. */
  void shows(Freshness freshness) {
    Gauge.builder("lintel.snapshot.age", freshness, fresh -> fresh.age().toMillis() / 1000.0)
        .description(
            "Time since the API server was last known to answer, and every watch on it to work")
        .baseUnit("seconds")
        .strongReference(true)
        .register(registry);
  }

  /** The policy was read again. */
  void policyRead(boolean isGood) {
    lastReload.set(isGood ? 1 : 0);
  }

  /** An object of the cluster could not be read. */
  void malformed(Kind kind) {
    malformedSoFar(kind).increment();
  }

  /** There are so many more or fewer objects that cannot be read. */
  void malformedPresent(Kind kind, int more) {
    malformedPresent.addAndGet(kind.ordinal(), more);
  }

  /** From the start, so that the first one shows as an increase. */
  private void show(Kind kind) {
    malformedSoFar(kind);
    Gauge.builder("lintel.malformed.objects.present", () -> malformedPresent.get(kind.ordinal()))
        .description("Objects that are in the cluster now and cannot be read")
        .tag("kind", kind.objectKind())
        .register(registry);
  }

  private Counter malformedSoFar(Kind kind) {
    return Counter.builder("lintel.malformed.objects")
        .description("Objects of the cluster that could not be read, and therefore do not count")
        .tag("kind", kind.objectKind())
        .register(registry);
  }
}
