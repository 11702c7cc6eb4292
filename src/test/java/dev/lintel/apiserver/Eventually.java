package dev.lintel.apiserver;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for what another process is about to do: asks again and again, never for a fixed time. */
public final class Eventually {

  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final Duration PAUSE = Duration.ofMillis(50);

  private Eventually() {}

  /** Repeats an assertion until it holds; when patience is over, its last failure is the test's. */
  public static void holds(Runnable assertion) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
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
