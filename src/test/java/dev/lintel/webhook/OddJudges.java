package dev.lintel.webhook;

import dev.lintel.judge.Judge;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Rule;
import dev.lintel.rule.RuleCatalogue;
import dev.lintel.rule.Subject;
import io.quarkus.test.junit.QuarkusTestProfile;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A judge whose one rule takes long over some objects, and does not come back from others. */
@Alternative
final class OddJudges {

  /** A Service of this name takes a while, and is counted. */
  static final String SLOW = "slow";

  /** Judging a Service of this name does not end before the test does. */
  static final String HANGING = "hanging";

  /** Lets those go that do not end. */
  static final Semaphore END = new Semaphore(0);

  /** How many slow ones have been judged. */
  static final AtomicInteger SLOW_ONES = new AtomicInteger();

  private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** Returns the judge. */
  @Produces
  @Alternative
  @Singleton
  Judge judge() {
    return new Judge(new RuleCatalogue(List.<Rule>of(new OddRule(OddJudges::judge))));
  }

  private static Stream<Finding> judge(Subject subject) {
    switch (subject.resource().name()) {
      case SLOW -> work();
      case HANGING -> hang();
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

  private static void hang() {
    END.acquireUninterruptibly();
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
