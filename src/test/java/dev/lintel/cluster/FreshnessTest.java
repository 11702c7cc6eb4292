package dev.lintel.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FreshnessTest {

  private final AtomicLong clock = new AtomicLong(1);
  private final List<Duration> watches = new ArrayList<>();
  private final Freshness freshness = new Freshness(clock::get, watches::stream);

  @Test
  void theSnapshotAgesFromTheLastAnswerOn() {
    pass(Duration.ofSeconds(40));
    assertThat(freshness.age()).isEqualTo(Duration.ofSeconds(40));
    freshness.answered();
    assertThat(freshness.age()).isZero();
    pass(Duration.ofSeconds(5));
    assertThat(freshness.age()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void aWatchThatIsWorseOffCounts() {
    watches.add(Duration.ZERO);
    watches.add(Duration.ofMinutes(3));
    watches.add(Duration.ofMinutes(2));
    freshness.answered();
    assertThat(freshness.age()).isEqualTo(Duration.ofMinutes(3));
  }

  private void pass(Duration time) {
    clock.addAndGet(time.toNanos());
  }
}
