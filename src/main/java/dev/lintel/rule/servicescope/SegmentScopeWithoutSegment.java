package dev.lintel.rule.servicescope;

import dev.lintel.mesh.Keys;
import dev.lintel.mesh.ServiceScope;
import dev.lintel.resource.Kind;
import dev.lintel.resource.Namespace;
import dev.lintel.resource.Service;
import dev.lintel.rule.Action;
import dev.lintel.rule.Family;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.RuleInfo;
import dev.lintel.rule.Solo;
import dev.lintel.rule.Subject;
import dev.lintel.topology.ServiceScopes;
import dev.lintel.topology.Topology;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A scope that peers a Service within the cluster's Segment, in a cluster that has joined none. It
 * works, but with the default segment, which the word does not suggest.
 *
 * <p>Restricted: {@code solo.io/service-scope: segment} of Service or its Namespace. Allowed: where
 * Istio's root namespace carries {@code admin.solo.io/segment}, or is not known (docs/domain.md,
 * 5.4).
 */
final class SegmentScopeWithoutSegment implements Rule {

  private static final RuleInfo INFO =
      new RuleInfo(
          "SC-008",
          "service-scope-without-segment",
          Family.SERVICE_SCOPE,
          Action.WARN,
          Set.of(Kind.SERVICE),
          Reads.and(Solo.KINDS, Kind.NAMESPACE),
          "1.0",
          "The cluster has joined no Segment, so the scope means the default one");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public Stream<Finding> judge(Topology topology, Subject subject) {
    if (Solo.isExcluded(topology)) {
      return Stream.empty();
    }
    return Solo.asFarAsKnown(
        topology,
        subject.service().filter(service -> isOfSegment(topology, service)).stream()
            .flatMap(
                service ->
                    topology.namespace(topology.platform().rootNamespace()).stream()
                        .filter(root -> root.metadata().label(Keys.SEGMENT).isEmpty())
                        .map(root -> finding(topology, service, root))));
  }

  private static boolean isOfSegment(Topology topology, Service service) {
    return ServiceScopes.of(topology, service)
        .flatMap(ServiceScope::parse)
        .filter(ServiceScope.SEGMENT::equals)
        .isPresent();
  }

  private static Finding finding(Topology topology, Service service, Namespace root) {
    boolean isInherited = ServiceScopes.own(topology, service).isEmpty();
    Finding found =
        Finding.at(Solo.scopeField(topology, service.metadata()))
            .says(
                "scope `segment`%s peers the Service with the default segment only: this cluster"
                    + " has joined no Segment",
                isInherited ? " of Namespace " + service.namespace() : "")
            .because(
                "Namespace %s carries no label %s. The Service is then peered with the other"
                    + " clusters that have joined no Segment, and with no cluster of a Segment.",
                root.name(), Keys.SEGMENT)
            .mend(
                "use `global` for every cluster, or join a Segment with label %s on Namespace %s",
                Keys.SEGMENT, root.name())
            .with(root)
            .fact("assumed: clusters without a Segment form the default segment");
    return isInherited ? found.onlyWhenNew() : found;
  }
}
