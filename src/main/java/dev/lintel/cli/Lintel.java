package dev.lintel.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
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
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:nothing to be said",
      "79:findings at or above the threshold (check, scan), differences (diff --exit-code), what is"
          + " not so (assert), samples that fail (test)",
      "64:the command line is wrong",
      "65:a file or a cluster cannot be read, or an object is not there",
      "70:Lintel failed; -v shows where"
    },
    description = {
      "Judges Services, ServiceEntries and DestinationRules on the ingress path of an Istio ambient"
          + " mesh: kgateway -> ztunnel -> [waypoint] -> backend.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  lintel check -R deploy",
      "  lintel scan -n shop",
      "  lintel explain Service/shop/cart --live",
      "  lintel rules TD-001",
      "  lintel check --help"
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

  /** Returns the command line with every command, for a pipeline, where nobody watches. */
  static CommandLine commandLine() {
    return commandLine(Terminal.NONE, List.of());
  }

  /**
   * Returns the command line, set up as users meet it.
   *
   * @param arguments what is going to be run; if they name a command, no other is set up, for that
   *     takes much of the time that a command needs to start
   */
  static CommandLine commandLine(Terminal terminal, List<String> arguments) {
    return commandLine(terminal, arguments, Path.of(""));
  }

  /**
   * Returns the same for a process in another working directory.
   *
   * @param directory where the search for a file with options begins
   */
  static CommandLine commandLine(Terminal terminal, List<String> arguments, Path directory) {
    Lintel lintel = new Lintel(terminal);
    CommandLine line = new CommandLine(lintel);
    Map<String, Supplier<Object>> commands = commands();
    commands.keySet().retainAll(named(arguments, commands.keySet()));
    commands.forEach((name, command) -> line.addSubcommand(name, command.get()));
    ProjectOptions project = new ProjectOptions(directory);
    line.getSubcommands().entrySet().stream()
        .filter(command -> ProjectOptions.COMMANDS.contains(command.getKey()))
        .forEach(command -> command.getValue().getCommandSpec().preprocessor(project));
    EnumWords.register(line);
    line.setUnmatchedOptionsAllowedAsOptionParameters(false);
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> lintel.failed(failure, command));
    line.setParameterExceptionHandler(
        (failure, words) ->
            failure.getCause() instanceof UnreadableException unreadable
                ? lintel.failed(unreadable, failure.getCommandLine())
                : Misuse.told(failure));
    return line;
  }

  /** Returns what makes each command, in the order of the help. */
  private static Map<String, Supplier<Object>> commands() {
    Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
    commands.put("check", CheckCommand::new);
    commands.put("scan", ScanCommand::new);
    commands.put("explain", ExplainCommand::new);
    commands.put("graph", GraphCommand::new);
    commands.put("diff", DiffCommand::new);
    commands.put("assert", AssertCommand::new);
    commands.put("rules", RulesCommand::new);
    commands.put("test", TestCommand::new);
    commands.put("replay", ReplayCommand::new);
    commands.put("exempt", ExemptCommand::new);
    commands.put("config", ConfigCommand::new);
    commands.put("completion", CompletionCommand::new);
    commands.put("serve", ServeCommand::new);
    commands.put(HelpCommand.NAME, HelpCommand::new);
    commands.put("version", VersionCommand::new);
    return commands;
  }

  /** Returns the command that the first word names, or all if it names none. */
  private static Set<String> named(List<String> arguments, Set<String> names) {
    return arguments.stream()
        .filter(word -> !word.startsWith("-"))
        .findFirst()
        .filter(names::contains)
        .filter(word -> !word.equals(HelpCommand.NAME))
        .map(Set::of)
        .orElseGet(() -> Set.copyOf(names));
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
}
