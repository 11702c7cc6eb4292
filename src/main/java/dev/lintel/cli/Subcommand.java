package dev.lintel.cli;

import dev.lintel.policy.Policy;
import dev.lintel.report.Style;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** What commands share: where they write, and who watches. */
@Command(
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    footerHeading = "%nExamples:%n")
abstract class Subcommand implements Callable<Integer> {

  @ParentCommand private @Nullable Lintel parent;

  @Spec private @Nullable CommandSpec spec;

  /** Returns the error that says what is wrong with the command line. */
  final ParameterException misused(String problem) {
    return new ParameterException(spec().commandLine(), problem);
  }

  final Terminal terminal() {
    return parent == null ? Terminal.NONE : parent.terminal();
  }

  /** Tells whether kubectl runs Lintel as its plugin: it is about the current cluster then. */
  final boolean isPluginOfKubectl() {
    return spec().root().name().startsWith("kubectl ");
  }

  final Style style() {
    return terminal().showsColours() ? Style.COLOURED : Style.PLAIN;
  }

  final PrintWriter out() {
    return spec().commandLine().getOut();
  }

  final PrintWriter err() {
    return spec().commandLine().getErr();
  }

  final CommandSpec spec() {
    if (spec == null) {
      throw new IllegalStateException("picocli has not set the command up");
    }
    return spec;
  }

  /** Returns the policy of a file; the built-in one if there is none. */
  static Policy policy(@Nullable Path file) {
    return file == null ? Policy.DEFAULT : Inputs.policy(file);
  }
}
