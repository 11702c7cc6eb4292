package dev.lintel.cli;

import java.util.Locale;
import java.util.regex.Pattern;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code lintel completion}: the script that lets a shell complete words. */
@Command(
    name = "completion",
    description = {
      "Prints the script with which a shell completes commands, options and values.",
      "",
      "bash: put `source <(lintel completion bash)` into ~/.bashrc",
      "zsh:  put `source <(lintel completion zsh)` into ~/.zshrc, after compinit",
      "fish: lintel completion fish > ~/.config/fish/completions/lintel.fish",
      ""
    },
    exitCodeList = {"0:the script was printed", "64:the command line is wrong"},
    footer = {"  lintel completion bash", "  lintel completion zsh", "  lintel completion fish"})
final class CompletionCommand extends Subcommand {

  enum Shell {
    BASH,
    ZSH,
    FISH
  }

  /** Lets the script be a function in zsh's fpath too, where it is run when it is first needed. */
  private static final String ZSH_HEAD =
      """
      #compdef lintel
      autoload -U +X bashcompinit && bashcompinit
      """;

  private static final String ZSH_TAIL =
      """

      if [ "${funcstack[1]-}" = "_lintel" ]; then
        _bash_complete -o default -F _complete_lintel
      fi
      """;

  /** Values of an enumeration, which are written in lower case. */
  private static final Pattern WORDS = Pattern.compile("(?m)(?<=_args=)\\((\"[A-Z]+\" ?)+\\)");

  @Parameters(paramLabel = "bash|zsh|fish", description = "The shell.")
  private Shell shell = Shell.BASH;

  @Override
  public Integer call() {
    CommandLine root = Lintel.commandLine();
    out()
        .print(
            switch (shell) {
              case BASH -> bash(root);
              case ZSH -> ZSH_HEAD + bash(root) + ZSH_TAIL;
              case FISH -> FishCompletion.of(root);
            });
    out().flush();
    return ExitCodes.OK;
  }

  private static String bash(CommandLine root) {
    return WORDS
        .matcher(AutoComplete.bash(root.getCommandName(), root))
        .replaceAll(words -> words.group().toLowerCase(Locale.ROOT));
  }
}
