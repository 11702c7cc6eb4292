package dev.lintel.rule.servicescope;

import dev.lintel.resource.Kind;
import dev.lintel.rule.Action;
import dev.lintel.rule.Finding;
import dev.lintel.topology.Topology;
import java.util.Set;
import java.util.stream.Stream;

/** Whether the mesh runs the distribution that reads service scopes. */
final class Solo {

  /** The kinds that a Service's scope, and the distribution, rest on. */
  static final Set<Kind> KINDS = Set.of(Kind.SERVICE, Kind.NAMESPACE, Kind.DEPLOYMENT);

  private Solo() {}

  /** Tells whether the mesh is known to run upstream Istio, to which the keys mean nothing. */
  static boolean isExcluded(Topology topology) {
    return topology.dialect().isUpstream();
  }

  /** Lowers findings to warnings where the distribution is not known. */
  static Stream<Finding> asFarAsKnown(Topology topology, Stream<Finding> findings) {
    return topology.dialect().isSolo()
        ? findings
        : findings.map(
            finding ->
                finding
                    .atMost(Action.WARN)
                    .fact("whose Istio runs the mesh is not known; Solo's is assumed"));
  }
}
