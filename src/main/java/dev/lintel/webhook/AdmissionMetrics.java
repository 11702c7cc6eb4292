package dev.lintel.webhook;

import dev.lintel.judge.Judged;
import dev.lintel.judge.Verdict;
import dev.lintel.resource.Kind;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Counts requests and findings. No label holds anything that a caller may choose freely. */
@Singleton
class AdmissionMetrics {

  private static final Duration[] BUCKETS = {
    Duration.ofNanos(250_000),
    Duration.ofNanos(500_000),
    Duration.ofMillis(1),
    Duration.ofMillis(2),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(50),
    Duration.ofMillis(250),
    Duration.ofSeconds(1),
    Duration.ofSeconds(3)
  };

  private final MeterProvider<Counter> requests;
  private final MeterProvider<Counter> findings;
  private final MeterProvider<Counter> spared;
  private final Counter unknownKinds;
  private final Counter unfinished;
  private final Counter refused;
  private final Timer duration;

  AdmissionMetrics(MeterRegistry registry) {
    this.requests =
        Counter.builder("lintel.admission.requests")
            .description("Admission requests answered")
            .withRegistry(registry);
    this.findings =
        Counter.builder("lintel.findings")
            .description("Findings of judged writes, dry runs included")
            .withRegistry(registry);
    this.spared =
        Counter.builder("lintel.spared")
            .description("Writes that were not judged, by reason")
            .withRegistry(registry);
    this.unknownKinds =
        Counter.builder("lintel.unknown.kinds")
            .description("Requests for kinds that Lintel does not read")
            .register(registry);
    this.unfinished =
        Counter.builder("lintel.unfinished.verdicts")
            .description("Writes of which not everything was judged")
            .register(registry);
    this.refused =
        Counter.builder("lintel.malformed.requests")
            .description("Requests that were no admission review, or too large")
            .register(registry);
    this.duration =
        Timer.builder("lintel.admission.duration")
            .description("Time from the arrival of a review's head to its answer")
            .serviceLevelObjectives(BUCKETS)
            .register(registry);
  }

  /** A request was answered. */
  void answered(AdmissionRequest request, Answer answer, Duration time) {
    String kind =
        Kind.ofGroup(request.group(), request.kind()).map(Kind::objectKind).orElse("other");
    requests
        .withTags(
            Tags.of(
                "kind",
                kind,
                "operation",
                request.operation().name(),
                "decision",
                answer.decision().label()))
        .increment();
    duration.record(time);
    if (answer.decision() == Decision.UNKNOWN_KIND) {
      unknownKinds.increment();
    }
    if (answer.decision() == Decision.DEADLINE) {
      unfinished.increment();
    }
    answer.verdict().ifPresent(this::judged);
  }

  /** A request could not be answered. */
  void refused() {
    refused.increment();
  }

  private void judged(Verdict verdict) {
    for (Judged judged : verdict.findings()) {
      findings
          .withTags(Tags.of("code", judged.rule().code(), "action", judged.action().word()))
          .increment();
    }
    verdict.spared().ifPresent(why -> spared.withTags(Tags.of("reason", why.word())).increment());
    if (verdict.unfinished().isPresent()) {
      unfinished.increment();
    }
  }
}
