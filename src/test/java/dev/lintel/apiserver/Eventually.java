package dev.lintel.apiserver;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.awaitility.core.ConditionFactory;

/**
 * Waits for what another process or thread is about to do: asks again and again, never for a fixed
 * time. A name for Awaitility with this project's patience.
 */
public final class Eventually {

  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final Duration PATIENCE_WITHIN = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(50);

  private Eventually() {}

  /**
   * Repeats an assertion until it holds; when patience is over, the test fails and has its last
   * failure.
   */
  public static void holds(Runnable assertion) {
    patiently(PATIENCE).untilAsserted(assertion::run);
  }

  /** Repeats a question until its answer is yes; for what happens within this process. */
  public static void is(String what, BooleanSupplier condition) {
    patiently(PATIENCE_WITHIN).alias(what).until(condition::getAsBoolean);
  }

  /** In the thread of the test, which has its context. */
  private static ConditionFactory patiently(Duration patience) {
    return await()
        .dontCatchUncaughtExceptions()
        .pollInSameThread()
        .pollDelay(Duration.ZERO)
        .pollInterval(PAUSE)
        .atMost(patience);
  }
}
