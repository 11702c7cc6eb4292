package dev.lintel.cluster;

import dev.lintel.resource.Kind;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;

/** What the cluster's side counts. */
@Singleton
class ClusterMetrics {

  private final MeterRegistry registry;
  private final AtomicInteger lastReload = new AtomicInteger(1);

  ClusterMetrics(MeterRegistry registry) {
    this.registry = registry;
    Gauge.builder("lintel.config.last.reload.successful", lastReload, AtomicInteger::get)
        .description("Whether the policy as written last is in force (1), or an older one (0)")
        .register(registry);
  }

  /** Shows how old the snapshot is. */
  void shows(Freshness freshness) {
    Gauge.builder("lintel.snapshot.age", freshness, fresh -> fresh.age().toMillis() / 1000.0)
        .description("Time since every watch on the API server was last seen to work")
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
    Counter.builder("lintel.malformed.objects")
        .description("Objects of the cluster that could not be read, and therefore do not count")
        .tag("kind", kind.objectKind())
        .register(registry)
        .increment();
  }
}
