package dev.lintel.rule.servicescope;

import dev.lintel.mesh.Keys;
import dev.lintel.mesh.ServiceScope;
import dev.lintel.resource.Kind;
import dev.lintel.resource.Namespace;
import dev.lintel.resource.Service;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Solo;
import dev.lintel.rule.Subject.OfService;
import dev.lintel.topology.Topology;
import java.util.stream.Stream;

/**
 * A scope that peers a Service within the cluster's Segment, in a cluster that has joined none. It
 * works, but with the default segment, which the word does not suggest.
 *
 * <p>Restricted: {@code solo.io/service-scope: segment} of Service or its Namespace. Allowed: where
 * Istio's root namespace carries {@code admin.solo.io/segment}, or is not known (docs/domain.md,
 * 5.4).
 */
final class SegmentScopeWithoutSegment {

  static final Rule RULE =
      Rule.warns("SC-008", "service-scope-without-segment")
          .summary("The cluster has joined no Segment, so the scope means the default one")
          .reads(Reads.and(Solo.KINDS, Kind.NAMESPACE))
          .ofServices(SegmentScopeWithoutSegment::judge);

  private SegmentScopeWithoutSegment() {}

  private static Stream<Finding> judge(Topology topology, OfService subject) {
    if (Solo.isExcluded(topology)) {
      return Stream.empty();
    }
    return Solo.asFarAsKnown(
        topology,
        topology.namespace(topology.platform().rootNamespace()).stream()
            .filter(root -> isOfSegment(topology, subject.resource()))
            .filter(root -> root.metadata().label(Keys.SEGMENT).isEmpty())
            .map(root -> finding(topology, subject.resource(), root)));
  }

  private static boolean isOfSegment(Topology topology, Service service) {
    return topology
        .scopes()
        .of(service)
        .flatMap(ServiceScope::parse)
        .filter(ServiceScope.SEGMENT::equals)
        .isPresent();
  }

  private static Finding finding(Topology topology, Service service, Namespace root) {
    boolean isInherited = topology.scopes().own(service).isEmpty();
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
            .fix(
                "use `global` for every cluster, or join a Segment with label %s on Namespace %s",
                Keys.SEGMENT, root.name())
            .with(root)
            .fact("assumed: clusters without a Segment form the default segment");
    return isInherited ? found.onlyWhenNew() : found;
  }
}
