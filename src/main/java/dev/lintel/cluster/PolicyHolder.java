package dev.lintel.cluster;

import dev.lintel.policy.Policy;
import dev.lintel.policy.PolicyReader;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Puts the policy in force that was written last, unless it cannot be read: then the last good one
 * stays. Without any document the defaults are in force.
 */
@Singleton
class PolicyHolder {

  private static final Logger LOG = Logger.getLogger(PolicyHolder.class);

  private final ClusterState state;
  private final ClusterMetrics metrics;

  PolicyHolder(ClusterState state, ClusterMetrics metrics) {
    this.state = state;
    this.metrics = metrics;
  }

  /**
   * Reads a document and puts it in force.
   *
   * @param source where it comes from, for messages
   * @return what is wrong with it; empty if it is in force now
   */
  List<String> read(String source, String text) {
    PolicyReader.Reading reading = PolicyReader.read(source, text);
    Optional<Policy> policy = reading.policy();
    if (policy.isEmpty()) {
      return rejected(reading.problems());
    }
    adopted(source, policy.get());
    return List.of();
  }

  /**
   * Refuses a source that has no document where it should have one.
   *
   * @return the problems
   */
  List<String> rejected(List<String> problems) {
    problems.forEach(problem -> LOG.errorf("policy not changed: %s", problem));
    metrics.policyRead(false);
    return problems;
  }

  /** There is no document. */
  void absent(String source) {
    adopted(source + " does not exist: the defaults", Policy.DEFAULT);
  }

  private void adopted(String source, Policy policy) {
    state.adopt(policy);
    metrics.policyRead(true);
    LOG.infof("policy in force: %s", source);
  }
}
