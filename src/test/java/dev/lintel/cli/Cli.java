package dev.lintel.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine;

/** Runs a command as a pipeline does, within this process. */
public final class Cli {

  private Cli() {}

  /**
   * What a command left behind.
   *
   * @param code its exit code
   * @param out its standard output
   * @param err its standard error
   */
  public record Run(int code, String out, String err) {}

  /** Runs a command. */
  public static Run run(String... arguments) {
    return run(Terminal.NONE, arguments);
  }

  static Run run(Terminal terminal, String... arguments) {
    return run(Lintel.commandLine(terminal, List.of(arguments)), arguments);
  }

  /** Runs a command as kubectl runs its plugin. */
  static Run runAsPlugin(String... arguments) {
    return run(
        Lintel.commandLine(Terminal.NONE, List.of(arguments)).setCommandName("kubectl lintel"),
        arguments);
  }

  private static Run run(CommandLine line, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        line.setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    return new Run(code, out.toString(), err.toString());
  }
}
