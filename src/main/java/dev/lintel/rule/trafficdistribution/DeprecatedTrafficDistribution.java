package dev.lintel.rule.trafficdistribution;

import dev.lintel.mesh.Keys;
import dev.lintel.mesh.Since;
import dev.lintel.resource.Kind;
import dev.lintel.resource.Service;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.JsonPatch;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.OfHosts;
import dev.lintel.topology.Topology;
import java.util.Set;
import java.util.stream.Stream;

/**
 * {@code PreferClose}, the older name of {@code PreferSameZone}. Off by default: nothing is wrong
 * with it on the wire.
 *
 * <p>Restricted: {@code PreferClose} in {@code spec.trafficDistribution} of Service and in {@code
 * metadata.annotations[networking.istio.io/traffic-distribution]} of Service and ServiceEntry.
 * Allowed: on Solo's Istio, which documents this name, and wherever {@code PreferSameZone} is not
 * certainly known: Kubernetes before 1.34, istiod before 1.27 (docs/domain.md, 1.1 and 1.2).
 */
final class DeprecatedTrafficDistribution {

  private static final String OLD = "PreferClose";
  private static final String NEW = "PreferSameZone";

  static final Rule RULE =
      Rule.isOff("TD-013", "traffic-distribution-deprecated-alias")
          .summary("PreferClose is the older name of PreferSameZone")
          .reads(Set.of(Kind.SERVICE, Kind.SERVICE_ENTRY, Kind.DEPLOYMENT))
          .ofHosts(DeprecatedTrafficDistribution::judge);

  private DeprecatedTrafficDistribution() {}

  private static Stream<Finding> judge(Topology topology, OfHosts subject) {
    boolean istiodKnows =
        topology.dialect().isUpstream() && topology.dialect().istiodHas(Since.SAME_ZONE_AND_NODE);
    if (!istiodKnows
        || Settings.isPassthrough(subject)
        || subject.service().filter(GeneratedTrafficDistribution::isGenerated).isPresent()) {
      return Stream.empty();
    }
    return Stream.concat(inField(topology, subject), inAnnotation(subject));
  }

  private static Stream<Finding> inField(Topology topology, OfHosts subject) {
    return subject
        .service()
        .flatMap(Service::trafficDistribution)
        .filter(OLD::equals)
        .filter(value -> Since.SAME_ZONE_FIELD.isKnownIn(topology.platform().kubernetesVersion()))
        .map(
            value ->
                finding(
                    Settings.SPEC, value, JsonPatch.replace(NEW, "spec", "trafficDistribution")))
        .stream();
  }

  private static Stream<Finding> inAnnotation(OfHosts subject) {
    return subject
        .metadata()
        .annotation(Keys.TRAFFIC_DISTRIBUTION)
        .filter(OLD::equalsIgnoreCase)
        .map(
            value ->
                finding(
                    FieldPath.TRAFFIC_DISTRIBUTION,
                    value,
                    JsonPatch.replace(NEW, "metadata", "annotations", Keys.TRAFFIC_DISTRIBUTION)))
        .stream();
  }

  private static Finding finding(FieldPath field, String value, JsonPatch.Operation edit) {
    return Finding.at(field)
        .says("`%s` is the older name of `%s`", value, NEW)
        .because(
            "Both mean the same to every proxy; Kubernetes keeps the older name for existing"
                + " objects.")
        .fix("write `%s`", NEW)
        .patch(JsonPatch.of(edit));
  }
}
