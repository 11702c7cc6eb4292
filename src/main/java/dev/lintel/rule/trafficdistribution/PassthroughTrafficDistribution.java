package dev.lintel.rule.trafficdistribution;

import dev.lintel.mesh.Keys;
import dev.lintel.resource.Kind;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.JsonPatch;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.OfEntry;
import dev.lintel.topology.Topology;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A traffic distribution on a pass-through entry, which has no endpoints to choose from.
 *
 * <p>Restricted: {@code metadata.annotations[networking.istio.io/traffic-distribution]} of
 * ServiceEntry with {@code resolution: NONE}, or without a resolution. Allowed: every other
 * resolution (docs/domain.md, 1.1).
 */
final class PassthroughTrafficDistribution {

  static final Rule RULE =
      Rule.warns("TD-006", "traffic-distribution-on-passthrough")
          .summary("A ServiceEntry without resolution has no endpoints to prefer")
          .reads(Set.of(Kind.SERVICE_ENTRY))
          .ofServiceEntries(PassthroughTrafficDistribution::judge);

  private PassthroughTrafficDistribution() {}

  private static Stream<Finding> judge(Topology topology, OfEntry subject) {
    return subject
        .metadata()
        .annotation(Keys.TRAFFIC_DISTRIBUTION)
        .filter(value -> !value.isEmpty() && Settings.isPassthrough(subject))
        .map(PassthroughTrafficDistribution::finding)
        .stream();
  }

  private static Finding finding(String value) {
    return Finding.at(FieldPath.TRAFFIC_DISTRIBUTION)
        .says(
            "`%s` has no effect: with resolution NONE requests go where the caller sent them",
            value)
        .because(
            "A pass-through entry keeps the address that the caller has resolved, so no proxy picks an endpoint,"
                + " and istiod does not look at the annotation.")
        .fix("remove the annotation, or set resolution STATIC or DNS")
        .patch(
            JsonPatch.of(JsonPatch.remove("metadata", "annotations", Keys.TRAFFIC_DISTRIBUTION)));
  }
}
