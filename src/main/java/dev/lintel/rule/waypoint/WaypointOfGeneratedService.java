package dev.lintel.rule.waypoint;

import dev.lintel.mesh.Keys;
import dev.lintel.resource.Metadata;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.JsonPatch;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.OfService;
import dev.lintel.topology.IngressLabels;
import dev.lintel.topology.Topology;
import dev.lintel.topology.WaypointBinding.Excluded;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A waypoint for a waypoint. istiod gives none to the Services that it generates for waypoints and
 * east-west gateways.
 *
 * <p>Restricted: {@code istio.io/use-waypoint} and {@code istio.io/ingress-use-waypoint} on a
 * Service that istiod generated. Allowed: {@code none}, and anything on other Services
 * (docs/domain.md, 3.2).
 */
final class WaypointOfGeneratedService {

  static final Rule RULE =
      Rule.warns("WP-013", "waypoint-of-generated-service")
          .summary(
              "A Service generated for a waypoint or an east-west gateway never gets a waypoint")
          .reads(Waypointed.BINDING)
          .ofServices(WaypointOfGeneratedService::judge);

  private WaypointOfGeneratedService() {}

  private static Stream<Finding> judge(Topology topology, OfService subject) {
    return subject.hosts().stream()
        .filter(host -> host.waypoint() instanceof Excluded)
        .flatMap(host -> ineffective(subject.metadata()).stream())
        .map(key -> finding(subject.metadata(), key));
  }

  private static Optional<String> ineffective(Metadata metadata) {
    boolean named =
        metadata.label(Keys.USE_WAYPOINT).filter(value -> !value.equals("none")).isPresent();
    if (named) {
      return Optional.of(Keys.USE_WAYPOINT);
    }
    return metadata
        .label(Keys.INGRESS_USE_WAYPOINT)
        .filter(IngressLabels::isTrueForIstiod)
        .map(value -> Keys.INGRESS_USE_WAYPOINT);
  }

  private static Finding finding(Metadata metadata, String key) {
    boolean isEastWest =
        metadata
            .label(Keys.MANAGED)
            .filter(Keys.MANAGED_BY_EAST_WEST_CONTROLLER::equals)
            .isPresent();
    return Finding.at(FieldPath.label(key))
        .says(
            "`%s` has no effect: this Service was generated for %s, and istiod never gives such a"
                + " Service a waypoint",
            key, isEastWest ? "an east-west gateway" : "a waypoint")
        .because(
            "istiod recognises the Services of its waypoints and east-west gateways by the label"
                + " gateway.istio.io/managed and leaves them without a waypoint, whatever else they"
                + " are labelled.")
        .fix("remove the label")
        .patch(JsonPatch.of(JsonPatch.remove("metadata", "labels", key)));
  }
}
