package dev.lintel.cli;

import dev.lintel.cli.StateOptions.State;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

/** A command that looks at objects without judging a change. */
abstract class ObjectCommand extends Subcommand {

  @Mixin private ObjectOptions objects = new ObjectOptions();

  /**
   * Reads the objects.
   *
   * @param option the namespace that {@code -n} names; empty if it is left out
   * @param looked the namespace that is looked at; empty if it is not said
   * @throws ParameterException if nothing says where they are
   * @throws UnreadableException if anything cannot be read
   */
  final State state(Optional<String> option, Optional<String> looked) {
    if (!objects.isGiven() && isPluginOfKubectl()) {
      objects.chooseCurrentCluster();
    } else if (!objects.isGiven()) {
      throw misused("say where the objects are: -f, --cluster-state or --live");
    }
    try (Ticker ticker = new Ticker(err(), terminal().showsProgress(), System::nanoTime)) {
      return objects.read(option, looked, ticker, err());
    }
  }
}
