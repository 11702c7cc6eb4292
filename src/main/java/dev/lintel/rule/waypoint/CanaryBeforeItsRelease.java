package dev.lintel.rule.waypoint;

import dev.lintel.mesh.Keys;
import dev.lintel.mesh.Release;
import dev.lintel.mesh.Since;
import dev.lintel.resource.Kind;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.OfHosts;
import dev.lintel.topology.CanaryWaypoint;
import dev.lintel.topology.CanaryWaypoint.Weight;
import dev.lintel.topology.Topology;
import dev.lintel.topology.WaypointBinding;
import dev.lintel.topology.WaypointBinding.Level;
import java.util.List;
import java.util.stream.Stream;

/**
 * A second waypoint that the installed istiod does not know of yet.
 *
 * <p>Restricted: {@code metadata.labels[istio.io/use-waypoint-canary]} with a weight above 0,
 * before istiod 1.31. Allowed: a version that is not known; one newer revision (docs/domain.md,
 * 3.1).
 */
final class CanaryBeforeItsRelease {

  static final Rule RULE =
      Rule.warns("WP-020", "waypoint-canary-unknown-to-istiod")
          .summary("The installed istiod does not know canary waypoints")
          .reads(Reads.and(Waypointed.BINDING, Kind.DEPLOYMENT))
          .ofHosts(CanaryBeforeItsRelease::judge);

  private CanaryBeforeItsRelease() {}

  private static Stream<Finding> judge(Topology topology, OfHosts subject) {
    List<Release> running = topology.dialect().istiods();
    if (running.isEmpty() || !running.stream().allMatch(CanaryBeforeItsRelease::isOlder)) {
      return Stream.empty();
    }
    return subject.hosts().stream()
        .limit(1)
        .filter(host -> host.waypoint().isNamed())
        .flatMap(
            host ->
                topology.waypoints().canaryOf(host.backend()).stream()
                    .filter(
                        canary ->
                            canary.weight().filter(CanaryBeforeItsRelease::isSome).isPresent())
                    .map(canary -> finding(canary, host.waypoint(), running.getFirst())));
  }

  private static boolean isOlder(Release release) {
    return Since.CANARY_WAYPOINTS.isKnownToLack(release.version());
  }

  private static boolean isSome(Weight weight) {
    return weight.isValid()
        && weight.value().chars().anyMatch(digit -> digit >= '1' && digit <= '9');
  }

  private static Finding finding(CanaryWaypoint canary, WaypointBinding first, Release release) {
    String kept =
        Waypointed.named(first).map(named -> named.gateway().spoken()).orElse("the first waypoint");
    return Finding.at(
            canary.level() == Level.OBJECT
                ? FieldPath.label(Keys.USE_WAYPOINT_CANARY)
                : FieldPath.NAMESPACE)
        .says(
            "istiod %s does not know `%s`: all traffic stays with %s",
            release.name(), Keys.USE_WAYPOINT_CANARY, kept)
        .because(
            "Canary waypoints are new in istiod 1.31. Older releases ignore label and weight, and"
                + " write no condition that would tell.")
        .fix("update istiod to 1.31 first, or remove the label")
        .with(Waypointed.gateway(canary.named()))
        .about(canary.named().toString());
  }
}
