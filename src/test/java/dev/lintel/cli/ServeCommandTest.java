package dev.lintel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with the command line is said before anything starts. */
class ServeCommandTest {

  private final StringWriter err = new StringWriter();
  @TempDir Path folder;

  @Test
  void aFolderThatDoesNotExistIsNamed() {
    assertThat(run("--topology", folder.resolve("none").toString())).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("none is not a folder");
  }

  @Test
  void aPolicyFileNeedsAFolder() {
    assertThat(run("--policy", "policy.yaml")).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("--policy needs --topology");
  }

  @Test
  void aCertificateNeedsItsKey() {
    assertThat(run("--tls-cert", "tls.crt")).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("--tls-cert and --tls-key go together");
  }

  @Test
  void aCertificateThatCannotBeReadIsNamed() {
    assertThat(run("--tls-cert", "none.crt", "--tls-key", "none.key")).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("none.crt cannot be read");
  }

  private int run(String... arguments) {
    String[] all = Stream.concat(Stream.of("serve"), Stream.of(arguments)).toArray(String[]::new);
    return Lintel.commandLine().setErr(new PrintWriter(err, true)).execute(all);
  }
}
