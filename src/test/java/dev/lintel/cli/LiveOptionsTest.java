package dev.lintel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said where a live cluster cannot be read. */
class LiveOptionsTest {

  @TempDir Path folder;

  @Test
  void aKubeconfigThatIsNotThereIsNamed() throws Exception {
    Cli.Run run = check("--kubeconfig", folder.resolve("none").toString());
    assertThat(run.code()).isEqualTo(ExitCodes.UNREADABLE);
    assertThat(run.err()).isEqualTo("lintel: no such kubeconfig: " + folder.resolve("none") + "\n");
  }

  @Test
  void aContextThatIsNotThereIsNamedWithThoseThatAre() throws Exception {
    Cli.Run run = check("--kubeconfig", kubeconfig(1), "--context", "prod");
    assertThat(run.code()).isEqualTo(ExitCodes.UNREADABLE);
    assertThat(run.err()).isEqualTo("lintel: the kubeconfig has no context `prod`, but: test\n");
  }

  @Test
  void anApiServerThatDoesNotAnswerIsNamed() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    Cli.Run run = check("--kubeconfig", kubeconfig(port));
    assertThat(run.code()).isEqualTo(ExitCodes.UNREADABLE);
    assertThat(run.err())
        .startsWith("lintel: https://127.0.0.1:" + port + "/ cannot be read: ")
        .contains("refused")
        .doesNotContain("Exception");
  }

  private Cli.Run check(String... options) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("cart.yaml"),
            "{apiVersion: v1, kind: Service, metadata: {name: cart, namespace: shop}}");
    String[] arguments = new String[3 + options.length];
    arguments[0] = "check";
    arguments[1] = "-f";
    arguments[2] = file.toString();
    System.arraycopy(options, 0, arguments, 3, options.length);
    return Cli.run(arguments);
  }

  private String kubeconfig(int port) throws Exception {
    return Files.writeString(
            folder.resolve("kubeconfig"),
            """
            apiVersion: v1
            kind: Config
            clusters: [{name: test, cluster: {server: "https://127.0.0.1:%d"}}]
            users: [{name: test, user: {token: none}}]
            contexts: [{name: test, context: {cluster: test, user: test}}]
            current-context: test
            """
                .formatted(port))
        .toString();
  }
}
