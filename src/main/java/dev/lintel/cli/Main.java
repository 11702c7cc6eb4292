package dev.lintel.cli;

import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;

/**
 * The executable: server and command line in one. Only {@code serve} starts Quarkus; every other
 * command is the judge and a file reader, and should feel like kubectl.
 */
@QuarkusMain
public final class Main {

  private static final Set<String> SERVER = Set.of("serve");

  private Main() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String... arguments) {
    CommandLine line = Lintel.commandLine(Terminal.ofProcess(), List.of(arguments));
    // As a plugin of kubectl it is called otherwise.
    line.setCommandName(System.getProperty("lintel.command", line.getCommandName()));
    int code = line.execute(arguments);
    if (line.getSubcommands().keySet().equals(SERVER)) {
      System.exit(code);
    }
    // Nothing is left to be tidied up, and an exit would first set up a log to tell of it.
    line.getOut().flush();
    line.getErr().flush();
    Runtime.getRuntime().halt(code);
  }
}
