package dev.lintel.cluster;

import dev.lintel.policy.Policy;
import dev.lintel.topology.Topology;

/**
 * What is known at one moment: immutable, and consistent in itself.
 *
 * @param topology the cluster, under the policy's platform facts
 * @param policy the policy in force
 * @param policyGeneration tells this policy from an earlier one: the ConfigMap's resource version,
 *     or {@code default}
 * @param isComplete whether the cluster has been read as a whole; before that, an object that is
 *     not in the topology may well exist
 */
public record Snapshot(
    Topology topology, Policy policy, String policyGeneration, boolean isComplete) {

  /** The generation of the built-in defaults. */
  public static final String DEFAULT_GENERATION = "default";

  /** Nothing is known yet. */
  public static final Snapshot NOTHING =
      new Snapshot(
          Topology.empty(Policy.DEFAULT.platform()), Policy.DEFAULT, DEFAULT_GENERATION, false);

  Snapshot with(Topology other) {
    return new Snapshot(other, policy, policyGeneration, isComplete);
  }
}
