package dev.lintel.cluster;

import dev.lintel.policy.Policy;
import dev.lintel.topology.Topology;

/**
 * What is known at one moment: immutable, and consistent in itself.
 *
 * @param topology the cluster, under the policy's platform facts
 * @param policy the policy in force
 * @param isComplete whether the cluster has been read as a whole; before that, an object that is
 *     not in the topology may well exist
 */
public record Snapshot(Topology topology, Policy policy, boolean isComplete) {

  /** Nothing is known yet. */
  static final Snapshot NOTHING =
      new Snapshot(Topology.empty(Policy.DEFAULT.platform()), Policy.DEFAULT, false);
}
