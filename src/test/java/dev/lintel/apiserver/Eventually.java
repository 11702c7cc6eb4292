package dev.lintel.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Waits for what another process or thread is about to do: asks again and again, never for a fixed
 * time.
 */
public final class Eventually {

  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final Duration PATIENCE_WITHIN = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(50);

  private Eventually() {}

  /** Repeats an assertion until it holds; when patience is over, its last failure is the test's. */
  public static void holds(Runnable assertion) {
    holds(PATIENCE, assertion);
  }

  /** Repeats a question until its answer is yes; for what happens within this process. */
  public static void is(String what, BooleanSupplier condition) {
    holds(PATIENCE_WITHIN, () -> assertThat(condition.getAsBoolean()).as(what).isTrue());
  }

  private static void holds(Duration patience, Runnable assertion) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      try {
        assertion.run();
        return;
      } catch (AssertionError failure) {
        if (System.nanoTime() > deadline) {
          throw failure;
        }
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }
}
