package dev.lintel.rule;

import dev.lintel.topology.Topology;
import java.util.stream.Stream;

/**
 * A rule of the catalogue: a pure function from what is written, in its topology, to findings. It
 * does no input or output, keeps no state, and does not throw, whatever the objects hold.
 */
public interface Rule {

  /** Returns what the catalogue says of the rule. */
  RuleInfo info();

  /**
   * Judges an object.
   *
   * @param topology the state in which the object exists as {@code subject} has it
   * @param subject an object of one of the kinds that {@link RuleInfo#subjects()} names
   * @return what is wrong; empty if nothing is, or if that cannot be known
   */
  Stream<Finding> judge(Topology topology, Subject subject);
}
