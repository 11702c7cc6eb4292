package dev.lintel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts do in each shell what a person who presses the tab key expects. */
class CompletionCommandTest {

  @TempDir Path folder;

  @Test
  void bashCompletesCommandsOptionsAndValues() throws Exception {
    assertThat(bash("lintel", "ru")).contains("rules");
    assertThat(bash("lintel", "rules", "--cov")).contains("--coverage");
    assertThat(bash("lintel", "rules", "WP-00")).contains("WP-007").doesNotContain("TD-001");
    assertThat(bash("lintel", "test", "-o", "")).contains("text", "junit");
  }

  @Test
  void zshRegistersTheCommandAndHasAFunctionForItsFolder() throws Exception {
    String script = Cli.run("completion", "zsh").out();
    assertThat(script)
        .startsWith("#compdef lintel\n")
        .contains("funcstack")
        .contains("_complete_lintel");
    assumeThat(isInstalled("zsh")).isTrue();
    Path file = script("zsh");
    assertThat(
            run(
                "zsh",
                "-f",
                "-c",
                "autoload -U compinit; compinit -u -D; source "
                    + file
                    + "; print -r -- $_comps[lintel]"))
        .contains("_complete_lintel");
  }

  @Test
  void fishCompletesCommandsOptionsAndValues() throws Exception {
    assertThat(Cli.run("completion", "fish").out())
        .contains(
            "-a check -d 'Judges manifests as the webhook would judge them when they are applied'")
        .contains("-n '__fish_seen_subcommand_from test' -l policy -r -F");
    assumeThat(isInstalled("fish")).isTrue();
    Path file = script("fish");
    assertThat(fish(file, "lintel ru")).contains("rules");
    assertThat(fish(file, "lintel rules WP-00")).contains("WP-007").doesNotContain("TD-001");
    assertThat(fish(file, "lintel config v")).contains("validate");
    assertThat(fish(file, "lintel test -o j")).contains("junit").doesNotContain("pom.xml");
  }

  @Test
  void anotherShellIsRefused() {
    assertThat(Cli.run("completion", "tcsh").code()).isEqualTo(ExitCodes.USAGE);
    assertThat(Cli.run("completion").code()).isEqualTo(ExitCodes.USAGE);
  }

  private List<String> bash(String... words) throws Exception {
    String line = String.join(" ", words);
    String command =
        "source %s; COMP_WORDS=(%s); COMP_CWORD=%d; COMP_LINE='%s'; _complete_lintel; printf '%%s\\n' \"${COMPREPLY[@]}\""
            .formatted(
                script("bash"),
                String.join(" ", Stream.of(words).map(word -> "'" + word + "'").toList()),
                words.length - 1,
                line);
    return run("bash", "--norc", "-c", command).lines().map(String::strip).toList();
  }

  private static String fish(Path script, String line) throws Exception {
    return run("fish", "--no-config", "-c", "source %s; complete -C '%s'".formatted(script, line));
  }

  private Path script(String shell) throws IOException {
    return Files.writeString(folder.resolve(shell), Cli.run("completion", shell).out());
  }

  private static boolean isInstalled(String shell) {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, shell)));
  }

  private static String run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return out;
  }
}
