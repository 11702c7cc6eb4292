package dev.lintel.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Lintel's process ends, and what it was given goes away. */
@OnBesiegedServer
class FaultProcessIT {

  private final Siege siege;

  FaultProcessIT(Siege siege) {
    this.siege = siege;
  }

  @Test
  void aKilledProcessIsFollowedByOneThatIsReadyAndJudges() {
    siege.lintel().kill();
    siege.installation().restart();
    Eventually.holds(() -> siege.lintel().isReady());
    siege.isReadyAndAsked();
    siege.destinationRulesAreFollowed();
  }

  @Test
  void theVeryFirstCallAfterReadyIsJudged() {
    siege.installation().restart();
    Eventually.holds(() -> siege.lintel().isReady());
    double before = siege.failedOpen();
    siege.canary().isDeniedBy("TD-001");
    assertThat(siege.failedOpen()).as("writes that passed unjudged").isEqualTo(before);
  }

  @Test
  void aCertificateThatIsDeletedServesOn() throws IOException {
    List<Path> files =
        Stream.of("tls.crt", "tls.key").map(siege.installation().certificates()::resolve).toList();
    for (Path file : files) {
      Files.move(file, aside(file), StandardCopyOption.REPLACE_EXISTING);
    }
    try {
      // Long enough for the files to be looked for twice.
      double before = siege.lintel().metric("process_uptime_seconds");
      Eventually.holds(
          () ->
              assertThat(siege.lintel().metric("process_uptime_seconds"))
                  .isGreaterThan(before + 2.5));
      siege.othersAreJudged();
      siege.lintel().isReady();
    } finally {
      for (Path file : files) {
        Files.move(aside(file), file, StandardCopyOption.REPLACE_EXISTING);
      }
    }
    siege.othersAreJudged();
  }

  @Test
  void aPolicyThatIsDeletedLeavesTheDefaultsInForce() {
    siege.installation().writePolicy("rules: {TD-001: warn}");
    Eventually.holds(
        () -> assertThat(siege.canary().succeeds().warnings().toString()).contains("TD-001"));
    siege
        .installation()
        .kubectl()
        .run("delete", "configmap", "lintel-policy", "-n", Installation.NAMESPACE)
        .succeeds();
    try {
      Eventually.holds(() -> siege.canary().isDeniedBy("TD-001"));
      assertThat(siege.lintel().readiness()).contains("the built-in defaults");
    } finally {
      siege.installation().restorePolicy();
    }
  }

  private static Path aside(Path file) {
    return file.resolveSibling(file.getFileName() + ".aside");
  }
}
