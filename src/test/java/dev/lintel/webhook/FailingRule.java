package dev.lintel.webhook;

import dev.lintel.rule.Finding;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject;
import dev.lintel.topology.Topology;
import java.util.stream.Stream;

/** A rule with a defect, which a rule must never have. */
final class FailingRule {

  static final Rule RULE = OddRule.of(FailingRule::judge);

  private FailingRule() {}

  private static Stream<Finding> judge(Topology topology, Subject subject) {
    throw new IllegalStateException("a defect");
  }
}
