package dev.lintel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster with a past starts at deny. */
class ExemptCommandTest {

  private static final String[] CALL = {
    "exempt", "--from-findings", "--owner", "mesh-team", "--expires", "2999-01-31"
  };

  private static final String BAD =
      """
      apiVersion: v1
      kind: Service
      metadata:
        name: %s
        namespace: shop
        annotations: {networking.istio.io/traffic-distribution: PreferClosest}
      spec:
        ports: [{port: 80}]
      """;

  @TempDir Path folder;

  @Test
  void whatIsThereIsExemptAndWhatIsNewIsNot() throws Exception {
    Path state = Files.createDirectory(folder.resolve("state"));
    Files.writeString(state.resolve("cart.yaml"), BAD.formatted("cart"));
    Cli.Run run = exempt("--cluster-state", state.toString());
    assertThat(run.code()).as(run.err()).isEqualTo(ExitCodes.OK);
    assertThat(run.err()).isEqualTo("lintel: exempt until 2999-01-31: TD-001 (1)\n");
    Path policy = Files.writeString(folder.resolve("policy.yaml"), run.out());
    assertThat(Cli.run("config", "validate", policy.toString()).code()).isEqualTo(ExitCodes.OK);

    String old = state.resolve("cart.yaml").toString();
    assertThat(Cli.run("check", "-f", old, "--policy", policy.toString()).code())
        .isEqualTo(ExitCodes.OK);
    Path created = Files.writeString(folder.resolve("new.yaml"), BAD.formatted("stock"));
    assertThat(Cli.run("check", "-f", created.toString(), "--policy", policy.toString()).code())
        .isEqualTo(ExitCodes.FINDINGS);
    assertThat(exempt("--cluster-state", state.toString(), "--policy", policy.toString()).err())
        .isEqualTo("lintel: nothing to exempt\n");
  }

  @Test
  void ofManyObjectsNoExemptionNamesMoreThanAPolicyTakes() throws Exception {
    Path state = Files.createDirectory(folder.resolve("state"));
    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 1001; i++) {
      many.append(BAD.formatted("cart-" + i)).append("---\n");
    }
    Files.writeString(state.resolve("carts.yaml"), many);
    Cli.Run run = exempt("--cluster-state", state.toString());
    assertThat(run.code()).as(run.err()).isEqualTo(ExitCodes.OK);
    assertThat(run.out().split("owner: mesh-team", -1)).hasSize(3);
  }

  @Test
  void aMistakeIsNamed() {
    assertThat(exempt().err()).contains("say where the objects are");
    assertThat(Cli.run("exempt", "--from-findings", "--owner", "a").err()).contains("--expires");
    assertThat(
            Cli.run(
                    "exempt",
                    "--from-findings",
                    "--owner",
                    "a",
                    "--expires",
                    "2020-01-31",
                    "--cluster-state",
                    folder.toString())
                .err())
        .contains("--expires 2020-01-31 is in the past");
  }

  private static Cli.Run exempt(String... more) {
    String[] call = new String[CALL.length + more.length];
    System.arraycopy(CALL, 0, call, 0, CALL.length);
    System.arraycopy(more, 0, call, CALL.length, more.length);
    return Cli.run(call);
  }
}
