package dev.lintel.cluster;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * How old the snapshot is: how long ago the API server was last known to answer, or the watch that
 * is worst off to work.
 */
final class Freshness {

  private final LongSupplier nanoTime;
  private final Supplier<Stream<Duration>> watches;
  private volatile long lastAnswer;

  /**
   * Begins.
   *
   * @param nanoTime a clock that nobody sets
   * @param watches returns the age of what each watch has told
   */
  Freshness(LongSupplier nanoTime, Supplier<Stream<Duration>> watches) {
    this.nanoTime = nanoTime;
    this.watches = watches;
    this.lastAnswer = nanoTime.getAsLong();
  }

  /** Takes note of an answer that came this moment. */
  void answered() {
    lastAnswer = nanoTime.getAsLong();
  }

  /** Returns how long there has been no answer. */
  Duration sinceAnswer() {
    return Duration.ofNanos(nanoTime.getAsLong() - lastAnswer);
  }

  /** Returns how old the snapshot is; never negative. */
  Duration age() {
    Duration age = sinceAnswer();
    return watches.get().reduce(age, (a, b) -> a.compareTo(b) >= 0 ? a : b);
  }
}
