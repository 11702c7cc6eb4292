package dev.lintel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lintel config validate} takes a policy wherever it stands. */
class ConfigValidateTest {

  private static final String POLICY = "apiVersion: lintel.dev/v1\nkind: Policy\n%s\n";

  @TempDir Path folder;

  @Test
  void aDocumentOfItsOwn() throws Exception {
    assertThat(validate(POLICY.formatted("enforcement: warn")).code()).isEqualTo(ExitCodes.OK);
    Cli.Run run = validate(POLICY.formatted("enforcement: loud"));
    assertThat(run.code()).isEqualTo(ExitCodes.FINDINGS);
    assertThat(run.err()).contains("policy.yaml:3:14: enforcement: unknown value `loud`");
  }

  @Test
  void theConfigMapThatHoldsIt() throws Exception {
    Cli.Run good = validate(configMap(POLICY.formatted("enforcement: warn")));
    assertThat(good.code()).as(good.err()).isEqualTo(ExitCodes.OK);
    assertThat(good.out()).endsWith("policy.yaml: data.policy.yaml: good\n");
    Cli.Run bad = validate(configMap(POLICY.formatted("enforcement: loud")));
    assertThat(bad.code()).isEqualTo(ExitCodes.FINDINGS);
    assertThat(bad.err()).contains("data.policy.yaml:3:14: enforcement: unknown value `loud`");
  }

  @Test
  void amongOtherObjectsTheOneThatHoldsIt() throws Exception {
    String others =
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: other}\ndata: {a: b}\n---\n"
            + configMap(POLICY.formatted(""));
    assertThat(validate(others).code()).isEqualTo(ExitCodes.OK);
    Cli.Run two = validate(others + "---\n" + configMap(POLICY.formatted("")));
    assertThat(two.code()).isEqualTo(ExitCodes.UNREADABLE);
    assertThat(two.err()).contains("has 2 ConfigMaps with a key policy.yaml");
  }

  @Test
  void standardInput() {
    InputStream before = System.in;
    try {
      System.setIn(
          new ByteArrayInputStream(
              configMap(POLICY.formatted("enforcement: loud")).getBytes(StandardCharsets.UTF_8)));
      Cli.Run run = Cli.run("config", "validate", "-");
      assertThat(run.code()).isEqualTo(ExitCodes.FINDINGS);
      assertThat(run.err()).startsWith("standard input: data.policy.yaml:3:14: enforcement:");
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void theShippedPolicyIsGood() {
    assertThat(Cli.run("config", "validate", "deploy/kustomize/base/policy.yaml").code())
        .isEqualTo(ExitCodes.OK);
  }

  private Cli.Run validate(String text) throws Exception {
    Path file = Files.writeString(folder.resolve("policy.yaml"), text);
    return Cli.run("config", "validate", file.toString());
  }

  private static String configMap(String policy) {
    return "apiVersion: v1\n"
        + "kind: ConfigMap\n"
        + "metadata:\n"
        + "  name: lintel-policy\n"
        + "data:\n"
        + "  policy.yaml: |\n"
        + policy.indent(4);
  }
}
