package dev.lintel.webhook;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;

/** Shows how much is under way, and counts what was too much. */
@Singleton
final class ServingMetrics {

  private final Map<Shed, Counter> shed = new EnumMap<>(Shed.class);

  ServingMetrics(MeterRegistry registry, BodyBudget budget, JudgingPool pool) {
    for (Shed reason : Shed.values()) {
      shed.put(
          reason,
          Counter.builder("lintel.shed")
              .description("Requests turned away, or let through unjudged, because of the load")
              .tag("reason", reason.label())
              .register(registry));
    }
    Gauge.builder("lintel.inflight", pool, JudgingPool::inFlight)
        .description("Reviews that are being judged or wait for it")
        .register(registry);
    Gauge.builder("lintel.body.bytes.in.flight", budget, BodyBudget::held)
        .description("Bytes of request bodies in memory")
        .register(registry);
  }

  /** Something was turned away. */
  void shed(Shed reason) {
    Counter counter = shed.get(reason);
    if (counter != null) {
      counter.increment();
    }
  }
}
