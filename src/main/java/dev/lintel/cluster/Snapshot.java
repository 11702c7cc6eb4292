package dev.lintel.cluster;

import dev.lintel.policy.Policy;
import dev.lintel.state.Existing;
import dev.lintel.topology.Topology;
import java.util.List;

/**
 * What is known at one moment: immutable, and consistent in itself.
 *
 * @param objects the cluster, under the policy's platform facts
 * @param policy the policy in force
 * @param policyGeneration tells this policy from an earlier one: the ConfigMap's resource version,
 *     or {@code default}
 * @param isComplete whether the cluster has been read as a whole; before that, an object that is
 *     not in the topology may well exist
 */
public record Snapshot(
    Existing objects, Policy policy, String policyGeneration, boolean isComplete) {

  /** The generation of the built-in defaults. */
  public static final String DEFAULT_GENERATION = "default";

  /** Nothing is known yet. */
  public static final Snapshot NOTHING =
      new Snapshot(
          Existing.of(Policy.DEFAULT.platform(), List.of()),
          Policy.DEFAULT,
          DEFAULT_GENERATION,
          false);

  /** Returns the cluster as a topology. */
  public Topology topology() {
    return objects.topology();
  }

  Snapshot with(Existing other) {
    return new Snapshot(other, policy, policyGeneration, isComplete);
  }
}
