package dev.lintel.cluster;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: a second, then twice as long each time, and half a
 * minute at most. Not all wait equally long, so that not all come back at once.
 */
final class Pause {

  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final RandomGenerator random;
  private final Semaphore ends = new Semaphore(0);
  private int failures;

  Pause(RandomGenerator random) {
    this.random = random;
  }

  /** It works: the next pause is short again. */
  void reset() {
    failures = 0;
  }

  /** Returns how long the next pause lasts, and makes the one after it longer. */
  Duration next() {
    long whole =
        Math.min(LONGEST.toMillis(), FIRST.toMillis() << Math.min(failures, Integer.SIZE / 2));
    failures++;
    return Duration.ofMillis(whole / 2 + random.nextLong(whole / 2 + 1));
  }

  /** Waits, unless {@linkplain #end told} not to. */
  void await() throws InterruptedException {
    ends.drainPermits();
    if (ends.tryAcquire(next().toMillis(), TimeUnit.MILLISECONDS)) {
      reset();
    }
  }

  /** Ends the pause that lasts, if one does. May be called by any thread. */
  void end() {
    ends.release();
  }
}
