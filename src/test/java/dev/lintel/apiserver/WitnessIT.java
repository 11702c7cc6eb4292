package dev.lintel.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The API server itself counts the writes that passed because Lintel was not there. */
@OnApiServer
@TestInstance(Lifecycle.PER_CLASS)
class WitnessIT {

  private static final String WITNESS =
      "apiserver_admission_webhook_fail_open_count{name=\"ingress-path.lintel.dev\"";

  private final Installation installation = Installation.complete("witness");

  @AfterAll
  void stop() {
    installation.close();
  }

  @Test
  void aWriteThatPassesUnjudgedIsCountedUnderTheNameThatTheAlertAsksFor() throws Exception {
    Kubectl kubectl = installation.kubectl();
    String bad = Manifests.service("default", "cart", "PreferClosest");
    assertThat(kubectl.write(bad, "create", "--dry-run=server").err()).contains("[lintel TD-001]");
    assertThat(metrics()).doesNotContain(WITNESS);
    installation.lintel().close();
    Eventually.holds(() -> kubectl.write(bad, "create", "--dry-run=server").succeeds());
    assertThat(metrics()).contains(WITNESS);
    assertThat(Files.readString(Path.of("docs/install.md"))).contains(WITNESS);
  }

  private String metrics() {
    return installation.kubectl().run("get", "--raw=/metrics").succeeds().out();
  }
}
