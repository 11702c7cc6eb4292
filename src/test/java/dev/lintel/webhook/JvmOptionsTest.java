package dev.lintel.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Image and command start the server in the same way. */
class JvmOptionsTest {

  @Test
  void theCommandGivesTheJvmWhatTheImageGivesIt() throws Exception {
    String command = Files.readString(Path.of("bin/lintel")).replaceAll("\\\\\\n\\s*", "");
    assertThat(LintelProcess.jvmOptions()).contains("-XX:+ExitOnOutOfMemoryError");
    assertThat(command).contains("/bin/java\" " + String.join(" ", LintelProcess.jvmOptions()));
  }
}
