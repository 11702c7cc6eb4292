package dev.lintel.webhook;

import dev.lintel.rule.Finding;
import dev.lintel.rule.Rule;
import dev.lintel.rule.RuleInfo;
import dev.lintel.rule.Subject;
import dev.lintel.topology.Topology;
import java.util.function.Function;
import java.util.stream.Stream;

/** A rule that does something else than to judge. */
record OddRule(Function<Subject, Stream<Finding>> deed) implements Rule {

  @Override
  public RuleInfo info() {
    return new FailingRule().info();
  }

  @Override
  public Stream<Finding> judge(Topology topology, Subject subject) {
    return deed.apply(subject);
  }
}
