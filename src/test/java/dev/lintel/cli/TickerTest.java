package dev.lintel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TickerTest {

  private final StringWriter err = new StringWriter();
  private final AtomicLong clock = new AtomicLong();

  @Test
  void whatIsDoneSoonNeedsNoWord() {
    try (Ticker ticker = ticker(true)) {
      clock.addAndGet(Duration.ofMillis(1999).toNanos());
      ticker.at("reading", 7, 10, "files");
    }
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void afterTwoSecondsItSaysHowFarItIsOnOneLineThatIsGoneInTheEnd() {
    try (Ticker ticker = ticker(true)) {
      clock.addAndGet(Duration.ofSeconds(2).toNanos());
      ticker.at("reading", 3000, 10000, "files");
      ticker.at("reading", 3001, 10000, "files");
      clock.addAndGet(Duration.ofMillis(100).toNanos());
      ticker.at("judging", 1, 10000, "objects");
    }
    assertThat(err.toString())
        .isEqualTo(
            "\r\033[Kreading 3,000 of 10,000 files\r\033[Kjudging 1 of 10,000 objects\r\033[K");
  }

  @Test
  void nobodyWatchesAPipeline() {
    try (Ticker ticker = ticker(false)) {
      clock.addAndGet(Duration.ofHours(1).toNanos());
      ticker.at("reading", 1, 2, "files");
    }
    assertThat(err.toString()).isEmpty();
  }

  private Ticker ticker(boolean isShown) {
    return new Ticker(new PrintWriter(err), isShown, clock::get);
  }
}
