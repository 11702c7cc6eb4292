package dev.lintel.cli;

import dev.lintel.cli.StateOptions.State;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Mixin;

/** The options of commands that look at objects without judging a change. */
final class ObjectOptions {

  @Mixin private FileOptions files = new FileOptions();

  @Mixin private StateOptions state = new StateOptions();

  /** Tells whether the options name anything to look at. */
  boolean isGiven() {
    return !files.names().isEmpty() || state.isGiven();
  }

  /** Reads the objects from the current cluster. */
  void chooseCurrentCluster() {
    state.chooseCurrentCluster();
  }

  /**
   * Reads what the options name; files count before the cluster's objects of the same name.
   *
   * @param option the namespace that {@code -n} names; empty if it is left out
   * @param looked the namespace that is looked at; empty if it is not said
   * @param err is told which objects of a cluster do not count, and which are not known
   * @throws UnreadableException if anything cannot be read
   */
  State read(Optional<String> option, Optional<String> looked, Ticker ticker, PrintWriter err) {
    String namespace = state.namespace(option);
    return state
        .read(Set.of(looked.orElse(namespace)), ticker, err)
        .with(
            Inputs.objects(
                files.source(List.of(), namespace),
                ticker,
                notes -> StateOptions.tell(notes, err)));
  }
}
