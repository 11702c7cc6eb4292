package dev.lintel.webhook;

import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.judge.Judge;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Subject;
import io.quarkus.test.junit.QuarkusTestProfile;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A judge whose one rule takes long over some objects, and does not come back from others. */
@Alternative
final class OddJudges {

  /** A Service of this name takes a while, and is counted. */
  static final String SLOW = "slow";

  /** Judging a Service of this name does not end. */
  static final String HANGING = "hanging";

  /** Judging a Service of this name ends when it may. */
  static final String WAITING = "waiting";

  /** Lets those go that wait. */
  static final CountDownLatch GO = new CountDownLatch(1);

  /** How many slow ones have been judged. */
  static final AtomicInteger SLOW_ONES = new AtomicInteger();

  private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** Returns the judge. */
  @Produces
  @Alternative
  @Singleton
  Judge judge() {
    return new Judge(new RuleCatalogue(List.of(OddRule.of((topology, subject) -> judge(subject)))));
  }

  private static Stream<Finding> judge(Subject subject) {
    switch (subject.resource().name()) {
      case SLOW -> work();
      case WAITING -> await(GO);
      case HANGING -> await(new CountDownLatch(1));
      default -> {}
    }
    return Stream.empty();
  }

  /** Takes the processor, as a costly rule does. */
  private static void work() {
    long start = System.nanoTime();
    while (System.nanoTime() - start < SLOW_NANOS) {
      Thread.onSpinWait();
    }
    SLOW_ONES.incrementAndGet();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Runs a server with this judge. */
  public static class Profile implements QuarkusTestProfile {

    @Override
    public Set<Class<?>> getEnabledAlternatives() {
      return Set.of(OddJudges.class);
    }

    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("lintel.serving.stuck-after", "PT10S");
    }
  }
}
