package dev.lintel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page about the command line says what is so. */
class CommandLinePageTest {

  private static final Path PAGE = Path.of("docs/cli.md");
  private static final Pattern SAMPLE =
      Pattern.compile("```yaml\n(# policy:.*?)```", Pattern.DOTALL);
  private static final Pattern FAILURE = Pattern.compile("```text\n(fail .*?)```", Pattern.DOTALL);

  @TempDir Path folder;

  @Test
  void itsSamplePasses() throws Exception {
    Path file = Files.writeString(folder.resolve("cart.yaml"), found(SAMPLE));
    Cli.Run run = Cli.run("test", file.toString());
    assertThat(run.code()).as(run.out()).isEqualTo(ExitCodes.OK);
  }

  @Test
  void itsSampleFailsAsShownWithoutItsPolicy() throws Exception {
    String sample = found(SAMPLE).replaceFirst("# policy:.*", "#");
    Path file = Files.writeString(folder.resolve("cart.yaml"), sample);
    String shown = found(FAILURE).replace("policy-tests/cart.yaml", file.toString());
    String[] parts = shown.split(" \\.\\.\\. ", -1);
    assertThat(Cli.run("test", file.toString()).out()).startsWith(parts[0]).endsWith(parts[1]);
  }

  @Test
  void itNamesEveryCommand() throws Exception {
    assertThat(Lintel.commandLine().getSubcommands().keySet())
        .allSatisfy(name -> assertThat(Files.readString(PAGE)).contains("`" + name + "`"));
  }

  private static String found(Pattern block) throws Exception {
    Matcher matcher = block.matcher(Files.readString(PAGE));
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }
}
