package dev.lintel.cli;

import dev.lintel.cli.StateOptions.State;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

/** A command that looks at objects without judging a change. */
abstract class ObjectCommand extends Subcommand {

  @Mixin private ObjectOptions objects = new ObjectOptions();

  /**
   * Reads the objects.
   *
   * @throws ParameterException if nothing says where they are
   * @throws UnreadableException if anything cannot be read
   */
  final State state() {
    if (!objects.isGiven() && isPluginOfKubectl()) {
      objects.chooseCurrentCluster();
    } else if (!objects.isGiven()) {
      throw misused("say where the objects are: -f, --cluster-state or --live");
    }
    try (Ticker ticker = new Ticker(err(), terminal().showsProgress(), System::nanoTime)) {
      return objects.read(ticker, err());
    }
  }
}
