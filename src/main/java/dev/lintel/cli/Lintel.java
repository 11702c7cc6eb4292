package dev.lintel.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command that has all others below it. */
@Command(
    name = "lintel",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      CheckCommand.class,
      ExplainCommand.class,
      GraphCommand.class,
      RulesCommand.class,
      TestCommand.class,
      ReplayCommand.class,
      ConfigCommand.class,
      CompletionCommand.class,
      ServeCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:nothing to be said",
      "79:findings at or above the threshold (check)",
      "64:the command line is wrong",
      "65:a file or a cluster cannot be read, or an object is not there",
      "70:Lintel failed; -v shows where"
    },
    description = {
      "Judges Services, ServiceEntries and DestinationRules on the ingress path of an Istio ambient"
          + " mesh: kgateway -> ztunnel -> [waypoint] -> backend.",
      ""
    })
final class Lintel implements Runnable {

  @CommandLine.Option(
      names = {"-v", "--verbose"},
      scope = CommandLine.ScopeType.INHERIT,
      description = "Show stack traces.")
  private boolean verbose;

  @Spec private @Nullable CommandSpec spec;

  private final Terminal terminal;

  private Lintel(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Returns the command line for a pipeline, where nobody watches. */
  static CommandLine commandLine() {
    return commandLine(Terminal.NONE);
  }

  /** Returns the command line, set up as users meet it. */
  static CommandLine commandLine(Terminal terminal) {
    Lintel lintel = new Lintel(terminal);
    CommandLine line = new CommandLine(lintel);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> lintel.failed(failure, command));
    line.setParameterExceptionHandler((failure, arguments) -> misused(failure));
    return line;
  }

  @Override
  public void run() {
    if (spec != null) {
      throw new ParameterException(spec.commandLine(), "which command?");
    }
  }

  /** Returns who watches. */
  Terminal terminal() {
    return terminal;
  }

  private int failed(Exception failure, CommandLine command) {
    if (failure instanceof UnreadableException) {
      command.getErr().println("lintel: " + failure.getMessage());
      return ExitCodes.UNREADABLE;
    }
    String problem = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    command.getErr().println("lintel: internal error: " + problem);
    if (verbose) {
      failure.printStackTrace(command.getErr());
    }
    return ExitCodes.INTERNAL;
  }

  private static int misused(ParameterException failure) {
    CommandLine command = failure.getCommandLine();
    command.getErr().println("lintel: " + failure.getMessage());
    if (!CommandLine.UnmatchedArgumentException.printSuggestions(failure, command.getErr())) {
      command.getErr().printf("See `%s --help`.%n", command.getCommandSpec().qualifiedName());
    }
    return ExitCodes.USAGE;
  }
}
