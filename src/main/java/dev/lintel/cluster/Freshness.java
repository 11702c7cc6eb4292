package dev.lintel.cluster;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** How old the snapshot is: how long ago every watch was last seen to work. */
final class Freshness {

  private final Clock clock;
  private volatile Instant lastWhole;

  Freshness(Clock clock) {
    this.clock = clock;
    this.lastWhole = clock.instant();
  }

  /** Takes note of whether every watch works at this moment. */
  void observe(boolean isWhole) {
    if (isWhole) {
      lastWhole = clock.instant();
    }
  }

  /** Returns how old the snapshot is; never negative. */
  Duration age() {
    Duration age = Duration.between(lastWhole, clock.instant());
    return age.isNegative() ? Duration.ZERO : age;
  }
}
