package dev.lintel.cli;

import io.quarkus.runtime.annotations.QuarkusMain;
import picocli.CommandLine;

/**
 * The executable: server and command line in one. Only {@code serve} starts Quarkus; every other
 * command is the judge and a file reader, and should feel like kubectl.
 */
@QuarkusMain
public final class Main {

  private Main() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String... arguments) {
    CommandLine line = Lintel.commandLine(Terminal.ofProcess());
    // As a plugin of kubectl it is called otherwise.
    line.setCommandName(System.getProperty("lintel.command", line.getCommandName()));
    System.exit(line.execute(arguments));
  }
}
