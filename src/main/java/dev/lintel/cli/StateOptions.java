package dev.lintel.cli;

import dev.lintel.policy.Policy;
import dev.lintel.topology.Topology;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which objects exist already, and what the administrator decided. */
final class StateOptions {

  @Option(
      names = "--cluster-state",
      paramLabel = "DIR",
      description = "Folder of manifests of objects that exist; they are not reported on.")
  private @Nullable Path folder;

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description = "Policy document; the built-in defaults if left out.")
  private @Nullable Path policyFile;

  /**
   * What there is before anything is written.
   *
   * @param topology the objects that exist
   * @param policy what the administrator decided
   */
  record State(Topology topology, Policy policy) {}

  /** Reads what the options name. */
  State read(Ticker ticker) {
    Policy policy = policyFile == null ? Policy.DEFAULT : Inputs.policy(policyFile);
    return new State(
        Topology.of(policy.platform(), folder == null ? List.of() : Inputs.state(folder, ticker)),
        policy);
  }
}
