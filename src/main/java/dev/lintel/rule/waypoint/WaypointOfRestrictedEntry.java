package dev.lintel.rule.waypoint;

import dev.lintel.resource.Gateway;
import dev.lintel.resource.Kind;
import dev.lintel.resource.MeshConfig;
import dev.lintel.resource.MeshConfig.Visibility;
import dev.lintel.resource.ResourceRef;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject;
import dev.lintel.rule.Subject.OfEntry;
import dev.lintel.topology.Topology;
import dev.lintel.topology.WaypointBinding.Level;
import dev.lintel.topology.WaypointBinding.Unusable;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A waypoint of another namespace for an entry that istiod tells its own namespace of only.
 *
 * <p>Restricted: {@code metadata.labels[istio.io/use-waypoint]} of ServiceEntries and their
 * Namespace, where {@code meshConfig.serviceEntryVisibility} says {@code NAMESPACE}. Allowed: a
 * waypoint of the entry's own namespace; Services; istiod before 1.31 (docs/domain.md, 3.2 and
 * 6.2).
 */
final class WaypointOfRestrictedEntry {

  static final Rule RULE =
      Rule.warns("WP-018", "waypoint-of-restricted-entry")
          .summary("The mesh config keeps this ServiceEntry from waypoints of other namespaces")
          .reads(Reads.and(Waypointed.BINDING, Kind.DEPLOYMENT))
          .ofServiceEntries(WaypointOfRestrictedEntry::judge);

  private WaypointOfRestrictedEntry() {}

  private static Stream<Finding> judge(Topology topology, OfEntry subject) {
    return subject.hosts().stream()
        .filter(Waypointed::isConcerned)
        .map(Subject.Host::waypoint)
        .limit(1)
        .flatMap(
            binding -> binding instanceof Unusable unusable ? Stream.of(unusable) : Stream.of())
        .filter(unusable -> isForbidden(topology, subject, unusable))
        .flatMap(unusable -> finding(topology, subject, unusable).stream());
  }

  /** What the waypoint's listener denies first is forbidden all the same. */
  private static boolean isForbidden(Topology topology, OfEntry subject, Unusable binding) {
    String namespace = subject.metadata().namespace();
    return switch (binding.reason()) {
      case RESTRICTED_TO_NAMESPACE -> true;
      case ATTACHMENT_DENIED ->
          !binding.named().namespace().equals(namespace)
              && topology
                  .waypoints()
                  .visibilityOfEntriesIn(namespace)
                  .filter(Visibility.NAMESPACE::equals)
                  .isPresent();
      case MISSING, NOT_READY, UNSUPPORTED_TRAFFIC_TYPE, GENERATED_SERVICE, EXTERNAL_NAME -> false;
    };
  }

  private static Optional<Finding> finding(Topology topology, OfEntry subject, Unusable binding) {
    return Waypointed.gatewayOf(topology, binding)
        .flatMap(
            waypoint ->
                topology
                    .meshConfig()
                    .map(config -> finding(topology, subject, waypoint, config, binding.level())));
  }

  private static Finding finding(
      Topology topology, OfEntry subject, Gateway waypoint, MeshConfig config, Level level) {
    ResourceRef own = Waypointed.namespace(subject.metadata().namespace());
    Finding found =
        Finding.at(Waypointed.fieldOf(level))
            .says(
                "waypoint %s is not bound: meshConfig.serviceEntryVisibility shows entries of %s to"
                    + " their own namespace only, and traffic bypasses it",
                waypoint.ref().spoken(), own.spoken())
            .because(
                "istiod binds an entry that is visible to its namespace only to waypoints of that"
                    + " namespace. Requests go straight to the host, policies and routes of this"
                    + " waypoint are not applied, and only the condition istio.io/WaypointBound"
                    + " tells (CrossNamespaceWaypointForbidden).")
            .fix("name a waypoint in %s, or make a PUBLIC policy match it", own.spoken())
            .about(waypoint)
            .with(config)
            .with(own);
    return topology.dialect().istioVersion().isPresent()
        ? found
        : found.fact("istiod is taken to be 1.31 or newer; older ones do not know the setting");
  }
}
