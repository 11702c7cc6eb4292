package dev.lintel.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The clock of Lintel's machine jumps, forwards and backwards. */
@OnBesiegedServer
@EnabledIf(
    value = "libraryIsThere",
    disabledReason =
        "libfaketime is not here (Debian's package faketime), and nothing else moves"
            + " the clock of a single process")
@TestInstance(Lifecycle.PER_CLASS)
class FaultClockIT {

  private static final String AGE = "lintel_snapshot_age_seconds";
  private static final String LIBRARY = "faketime/libfaketimeMT.so.1";

  private final Siege siege;
  private final Path offset;
  private final LintelServer lintel;

  FaultClockIT(Siege siege, @TempDir Path folder) {
    this.siege = siege;
    offset = folder.resolve("offset");
    jump("+0");
    Installation installation = siege.installation();
    lintel =
        LintelServer.start(
            Path.of("target", "apiserver", "siege", "lintel-clock.log"),
            installation
                .api()
                .kubeconfig("lintel-clock", installation.token("lintel", Installation.NAMESPACE)),
            installation.certificates(),
            LintelServer.Launch.within(Optional.empty())
                .with("LD_PRELOAD", library().orElseThrow().toString())
                .with("FAKETIME_TIMESTAMP_FILE", offset.toString())
                .with("FAKETIME_CACHE_DURATION", "1")
                // Every look at the clock costs more than usual, and a warm-up looks often.
                .with("LINTEL_SERVING_WARM_UP_TIMEOUT", "PT1S")
                // The clock that only ever goes on is not what somebody sets.
                .with("FAKETIME_DONT_FAKE_MONOTONIC", "1")
                .with("LINTEL_STALE_AFTER", "PT%dS".formatted(Siege.STALE_AFTER_SECONDS)));
  }

  static boolean libraryIsThere() {
    return library().isPresent();
  }

  @BeforeEach
  void isReadyAndOnTime() {
    jump("+0");
    Eventually.holds(lintel::isReady);
  }

  @AfterAll
  void stop() {
    lintel.close();
  }

  @Test
  void anExemptionEndsOnItsDayByTheClockThatIs() {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    siege
        .installation()
        .writePolicy(
            """
            exemptions:
              - rules: [TD-001]
                resources: ["Service/others/canary"]
                reason: a clock is tried
                owner: mesh-team
                expires: %s\
            """
                .formatted(today.plusDays(10)));
    try {
      Eventually.holds(() -> assertThat(review()).contains("\"allowed\":true"));
      jump("+40d");
      Eventually.holds(() -> assertThat(review()).contains("\"allowed\":false", "TD-001"));
      jump("+0");
      Eventually.holds(() -> assertThat(review()).contains("\"allowed\":true"));
    } finally {
      siege.installation().restorePolicy();
    }
  }

  @Test
  void theAgeOfTheViewIsNeitherNegativeNorAsLongAsTheJumpNorStuck() {
    for (String jump : new String[] {"+40d", "-2h", "+0"}) {
      jump(jump);
      Eventually.holds(
          () -> assertThat(review()).contains("TD-001").doesNotContain("sold,because"));
      Eventually.holds(
          () -> assertThat(lintel.metric(AGE)).isBetween(0.0, (double) Siege.STALE_AFTER_SECONDS));
    }
    jump("-2h");
    siege
        .installation()
        .whileApiServerIsFrozen(
            () ->
                Eventually.holds(
                    () ->
                        assertThat(lintel.metric(AGE))
                            .isBetween(Siege.STALE_AFTER_SECONDS + 1.0, 120.0)));
  }

  private String review() {
    return lintel.review(Reviews.ofBadService()).replace(" ", "");
  }

  private void jump(String by) {
    try {
      Files.writeString(offset, by);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Path> library() {
    Path libraries = Path.of("/usr/lib");
    try (Stream<Path> folders = Files.list(libraries)) {
      return Stream.concat(Stream.of(libraries), folders)
          .map(folder -> folder.resolve(LIBRARY))
          .filter(Files::exists)
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
