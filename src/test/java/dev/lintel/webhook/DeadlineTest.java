package dev.lintel.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeadlineTest {

  private static final Duration MARGIN = Duration.ofMillis(300);

  @ParameterizedTest
  @CsvSource({"3s, 2700", "1m0s, 59700", "1.5s, 1200", "800ms, 500"})
  void theMarginIsTakenFromTheTimeout(String timeout, long millis) {
    assertThat(Deadline.limit(timeout, MARGIN)).isEqualTo(Duration.ofMillis(millis));
  }

  @Test
  void aShortTimeoutLosesHalfAtMost() {
    assertThat(Deadline.limit("400ms", MARGIN)).isEqualTo(Duration.ofMillis(200));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "soon", "3", "-3s", "3 s"})
  void withoutATimeoutTheApiServersDefaultCounts(String timeout) {
    assertThat(Deadline.limit(timeout, MARGIN)).isEqualTo(Duration.ofMillis(9700));
  }

  @Test
  void aDeadlineOfNothingIsOverAtOnce() {
    assertThat(Deadline.starting("0s", MARGIN).isOver()).isTrue();
    assertThat(Deadline.starting("30s", MARGIN).isOver()).isFalse();
  }
}
