package dev.lintel.cli;

import picocli.CommandLine.Command;

/** {@code lintel version}: what {@code --version} says. */
@Command(
    name = "version",
    description = {"Prints which release this is.", ""},
    exitCodeList = {"0:it was printed", "64:the command line is wrong"},
    footer = {"  lintel version"})
final class VersionCommand extends Subcommand {

  @Override
  public Integer call() {
    spec().root().commandLine().printVersionHelp(out());
    out().flush();
    return ExitCodes.OK;
  }
}
