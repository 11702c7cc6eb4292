package dev.lintel.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** An API server that keeps its connections and says nothing. */
@OnApiServer
@TestInstance(Lifecycle.PER_CLASS)
class FrozenApiServerIT {

  private static final String AGE = "lintel_snapshot_age_seconds";

  /** Longer than it takes Lintel to give its connections up. */
  private static final int LONG = 45;

  private final Installation installation = Installation.complete("frozen");

  @AfterAll
  void stop() {
    installation.close();
  }

  @Test
  void theViewAgesWhileTheApiServerIsSilentAndIsYoungAgainAfterwards() {
    assertThat(installation.lintel().metric(AGE)).isLessThan(10);
    installation.whileApiServerIsFrozen(
        () ->
            Eventually.holds(
                () -> assertThat(installation.lintel().metric(AGE)).isGreaterThan(LONG)));
    Eventually.holds(() -> assertThat(installation.lintel().metric(AGE)).isLessThan(10));
    installation.lintel().isReady();

    String bad = Manifests.service("default", "cart", "PreferClosest");
    installation.writePolicy("rules: {TD-001: off}");
    Eventually.holds(
        () -> installation.kubectl().write(bad, "create", "--dry-run=server").succeedsSilently());
  }
}
