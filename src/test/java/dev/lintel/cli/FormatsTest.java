package dev.lintel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * No format of {@code lintel check} is without its writer, its row and its way of saying a code.
 */
class FormatsTest {

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void everyFormatNamesTheRuleAndTheObject(CheckCommand.Format format) throws Exception {
    Path file = Files.writeString(folder.resolve("cart.yaml"), CheckCommandTest.BAD);
    Cli.Run run = Cli.run("check", "-f", file.toString(), "-o", wordOf(format));
    assertThat(run.code()).as(run.err()).isEqualTo(ExitCodes.FINDINGS);
    assertThat(run.out()).contains("TD-001", "cart");
  }

  @ParameterizedTest
  @EnumSource
  void everyFormatHasARowOnThePage(CheckCommand.Format format) throws Exception {
    assertThat(Files.readAllLines(Path.of("docs/check.md")))
        .anyMatch(line -> line.startsWith("| `") && line.contains("`" + wordOf(format) + "`"));
  }

  private static String wordOf(CheckCommand.Format format) {
    return format.name().toLowerCase(Locale.ROOT);
  }
}
