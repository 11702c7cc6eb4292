package dev.lintel.rule.trafficdistribution;

import dev.lintel.mesh.Dialect;
import dev.lintel.mesh.Keys;
import dev.lintel.mesh.KgatewayDistribution;
import dev.lintel.mesh.Since;
import dev.lintel.mesh.TrafficDistribution;
import dev.lintel.resource.Kind;
import dev.lintel.resource.ResourceRef;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.JsonPatch;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.Approach;
import dev.lintel.rule.Subject.OfHosts;
import dev.lintel.topology.IngressPath;
import dev.lintel.topology.Topology;
import java.util.List;
import java.util.stream.Stream;

/**
 * A backend that relies on its Namespace's traffic distribution, which istiod inherits and kgateway
 * does not read, behind a Gateway that picks Pods itself.
 *
 * <p>Restricted: Service and ServiceEntry without a traffic distribution of their own, in a
 * Namespace with the annotation. Allowed: any value on the object itself (docs/domain.md, 1.1 and
 * 4.3).
 */
final class UninheritedTrafficDistribution {

  static final Rule RULE =
      Rule.warns("TD-005", "traffic-distribution-namespace-default-unread")
          .summary("The gateway does not read the namespace's traffic distribution")
          .reads(Reads.PICKERS)
          .ofHosts(UninheritedTrafficDistribution::judge);

  private UninheritedTrafficDistribution() {}

  private static Stream<Finding> judge(Topology topology, OfHosts subject) {
    if (Settings.isReadByNobody(subject)
        || topology.dialect().istiodLacks(Since.NAMESPACE_DISTRIBUTION)) {
      return Stream.empty();
    }
    List<Approach> direct =
        subject
            .approaches()
            .filter(approach -> isInherited(topology.dialect(), approach))
            .filter(approach -> approach.leg().certainly(IngressPath::gatewayPicksPod))
            .filter(approach -> !approach.picker().isDisplaced())
            .toList();
    return direct.stream().limit(1).map(first -> finding(topology, subject, first, direct));
  }

  private static boolean isInherited(Dialect dialect, Approach approach) {
    var setting = approach.host().trafficDistribution();
    return setting.ownValue().isEmpty()
        && setting
            .namespaceAnnotation()
            .flatMap(dialect::readByIstiod)
            .filter(mode -> mode != TrafficDistribution.ANY)
            .isPresent();
  }

  private static Finding finding(
      Topology topology, OfHosts subject, Approach first, List<Approach> direct) {
    String namespace = subject.resource().namespace();
    String value = first.host().trafficDistribution().namespaceAnnotation().orElseThrow();
    Finding finding =
        Finding.at(FieldPath.NAMESPACE)
            .says(
                "%s picks Pods and does not read the `%s` of Namespace %s: it spreads over all of"
                    + " them",
                first.leg().gateway().ref().spoken(), value, namespace)
            .because(
                "istiod lets a %s inherit its Namespace's traffic distribution since 1.30. kgateway"
                    + " looks at the object only.",
                subject.resource().kind().objectKind())
            .about(value)
            .with(new ResourceRef(Kind.NAMESPACE, "", namespace));
    for (Approach approach : direct) {
      finding = finding.with(approach.leg().gateway()).fact("%s", Settings.path(approach.leg()));
      if (approach.leg().kgateway().distribution() == KgatewayDistribution.ENTERPRISE) {
        finding =
            finding.fact(
                "enterprise kgateway is taken to read Namespaces as the open source one does");
      }
    }
    return fixed(topology.dialect(), subject, finding, value);
  }

  private static Finding fixed(Dialect dialect, OfHosts subject, Finding finding, String value) {
    String kind = subject.resource().kind().objectKind();
    if (dialect.readByKgateway(value).isEmpty()) {
      return finding.fix(
          "annotate the %s with a value that kgateway knows, such as `%s`",
          kind, Settings.widelyKnown(dialect));
    }
    Finding fixed = finding.fix("set the annotation on the %s too", kind);
    return subject.metadata().annotations().isEmpty()
        ? fixed
        : fixed.patch(
            JsonPatch.of(
                JsonPatch.add(value, "metadata", "annotations", Keys.TRAFFIC_DISTRIBUTION)));
  }
}
