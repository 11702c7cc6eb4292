package dev.lintel.cluster;

import dev.lintel.policy.Policy;
import dev.lintel.policy.PolicyReader;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Puts the policy in force that was written last, unless it cannot be read: then the last good one
 * stays, or the built-in defaults where there has been none.
 */
@Singleton
public class PolicyHolder {

  private static final Logger LOG = Logger.getLogger(PolicyHolder.class);

  private final ClusterState state;
  private final ClusterMetrics metrics;
  private volatile String inForce = "the built-in defaults";
  private volatile List<String> problems = List.of();

  PolicyHolder(ClusterState state, ClusterMetrics metrics) {
    this.state = state;
    this.metrics = metrics;
  }

  /** Returns which document is in force, in words. */
  String inForce() {
    return inForce;
  }

  /** Returns what is wrong with the document that was written last; empty if it is in force. */
  List<String> problems() {
    return problems;
  }

  /**
   * Reads a document and puts it in force. Whatever goes wrong, the document is refused and the
   * policy in force stays: whoever watches the document must go on.
   *
   * @param source where it comes from, for messages
   * @param generation tells it from an earlier one
   * @return what is wrong with it; empty if it is in force now
   */
  List<String> read(String source, String generation, String text) {
    try {
      PolicyReader.Reading reading = PolicyReader.read(source, text);
      Optional<Policy> policy = reading.policy();
      if (policy.isEmpty()) {
        return rejected(reading.problems());
      }
      adopted(source + ", generation " + generation, generation, policy.get());
      return List.of();
    } catch (RuntimeException | StackOverflowError e) {
      LOG.errorf(e, "the policy %s cannot be put in force", source);
      return rejected(List.of("%s: cannot be put in force: %s".formatted(source, e)));
    }
  }

  /**
   * Refuses a source that has no document where it should have one.
   *
   * @return the problems
   */
  List<String> rejected(List<String> found) {
    problems = List.copyOf(found);
    found.forEach(problem -> LOG.errorf("policy not changed: %s", problem));
    LOG.errorf("policy in force: %s", inForce);
    metrics.policyRead(false);
    return found;
  }

  /** There is no document. */
  void absent(String source) {
    adopted(
        "the built-in defaults, for %s does not exist".formatted(source),
        Snapshot.DEFAULT_GENERATION,
        Policy.DEFAULT);
  }

  private void adopted(String source, String generation, Policy policy) {
    state.adopt(policy, generation);
    inForce = source;
    problems = List.of();
    metrics.policyRead(true);
    LOG.infof("policy in force: %s", source);
  }
}
