package dev.lintel.cli;

import dev.lintel.rule.Spelling;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code lintel help}: what {@code --help} of a command says. */
@Command(
    name = HelpCommand.NAME,
    description = {"Shows the help of a command, or of all.", ""},
    exitCodeList = {"0:it was shown", "64:there is no such command"},
    footer = {"  lintel help check", "  lintel help config validate"})
final class HelpCommand extends Subcommand {

  /** What the command is called; it needs all others, which no other command does. */
  static final String NAME = "help";

  @Parameters(
      arity = "0..*",
      paramLabel = "COMMAND",
      description = "The command, and the one below it; the program's own help if left out.")
  private List<String> words = new ArrayList<>();

  @Override
  public Integer call() {
    CommandLine shown = spec().root().commandLine();
    for (String word : words) {
      shown = below(shown, word);
    }
    shown.usage(out(), CommandLine.Help.Ansi.AUTO);
    out().flush();
    return ExitCodes.OK;
  }

  private CommandLine below(CommandLine command, String word) {
    CommandLine found = command.getSubcommands().get(word);
    if (found == null) {
      throw misused(
          "there is no command `%s`%s"
              .formatted(
                  word,
                  Spelling.nearest(word, command.getSubcommands().keySet())
                      .map("; did you mean `%s`?"::formatted)
                      .orElse("")));
    }
    return found;
  }
}
