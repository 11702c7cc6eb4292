package dev.lintel.cli;

import dev.lintel.cli.StateOptions.State;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** A command that looks at objects without judging a change. */
abstract class ObjectCommand implements Callable<Integer> {

  @Mixin private ObjectOptions objects = new ObjectOptions();

  @ParentCommand private @Nullable Lintel parent;

  @Spec private @Nullable CommandSpec spec;

  /**
   * Reads the objects.
   *
   * @throws ParameterException if nothing says where they are
   * @throws UnreadableException if anything cannot be read
   */
  final State state() {
    if (!objects.isGiven()) {
      throw misused("say where the objects are: -f, --cluster-state or --live");
    }
    try (Ticker ticker = new Ticker(err(), terminal().showsProgress(), System::nanoTime)) {
      return objects.read(ticker, err());
    }
  }

  final ParameterException misused(String message) {
    return new ParameterException(spec().commandLine(), message);
  }

  final Terminal terminal() {
    return parent == null ? Terminal.NONE : parent.terminal();
  }

  final PrintWriter out() {
    return spec().commandLine().getOut();
  }

  final PrintWriter err() {
    return spec().commandLine().getErr();
  }

  private CommandSpec spec() {
    if (spec == null) {
      throw new IllegalStateException("picocli has not set the command up");
    }
    return spec;
  }
}
