package dev.lintel.webhook;

import dev.lintel.resource.Kind;
import dev.lintel.rule.Action;
import dev.lintel.rule.Family;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Rule;
import dev.lintel.rule.RuleInfo;
import dev.lintel.rule.Subject;
import dev.lintel.topology.Topology;
import java.util.Set;
import java.util.stream.Stream;

/** A rule with a defect, which a rule must never have. */
final class FailingRule implements Rule {

  @Override
  public RuleInfo info() {
    return new RuleInfo(
        "XX-001",
        "defect",
        Family.TRAFFIC_DISTRIBUTION,
        Action.DENY,
        Set.of(Kind.SERVICE),
        Set.of(Kind.SERVICE),
        "1.0",
        "Fails on every object");
  }

  @Override
  public Stream<Finding> judge(Topology topology, Subject subject) {
    throw new IllegalStateException("a defect");
  }
}
