package dev.lintel.cli;

import dev.lintel.cli.StateOptions.State;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of commands that look at objects without judging a change. */
final class ObjectOptions {

  @Option(
      names = {"-f", "--filename"},
      arity = "1..*",
      paramLabel = "FILE|DIR|-",
      description = "Manifests of objects: files, folders, or - for standard input. Repeatable.")
  private List<String> inputs = new ArrayList<>();

  @Option(
      names = {"-R", "--recursive"},
      description = "Also read the folders below a folder.")
  private boolean recursive;

  @Mixin private StateOptions state = new StateOptions();

  /** Tells whether the options name anything to look at. */
  boolean isGiven() {
    return !inputs.isEmpty() || state.isGiven();
  }

  /** Reads the objects from the current cluster. */
  void chooseCurrentCluster() {
    state.chooseCurrentCluster();
  }

  /**
   * Reads what the options name; files count before the cluster's objects of the same name.
   *
   * @param err is told which objects of a cluster do not count
   * @throws UnreadableException if anything cannot be read
   */
  State read(Ticker ticker, PrintWriter err) {
    return state
        .read(ticker, err)
        .with(Inputs.objects(inputs, recursive, ticker, notes -> StateOptions.tell(notes, err)));
  }
}
