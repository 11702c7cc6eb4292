package dev.lintel.rule.multicluster;

import dev.lintel.mesh.Keys;
import dev.lintel.resource.Gateway;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.OfService;
import dev.lintel.topology.ServiceScopes;
import dev.lintel.topology.Topology;
import java.util.stream.Stream;

/**
 * A global Service of upstream Istio whose waypoint is not global: requests stay with the waypoint
 * of their own cluster, and so in their cluster.
 *
 * <p>Restricted: {@code istio.io/global: "true"} of Service behind a waypoint. Allowed: a waypoint
 * whose Service is global too, or not known (docs/domain.md, 5.5).
 */
final class GlobalServiceBehindLocalWaypoint {

  static final Rule RULE =
      Rule.warns("MC-004", "global-service-behind-local-waypoint")
          .summary("A global Service needs a global waypoint")
          .reads(Upstream.WAYPOINT)
          .ofServices(GlobalServiceBehindLocalWaypoint::judge);

  private GlobalServiceBehindLocalWaypoint() {}

  private static Stream<Finding> judge(Topology topology, OfService subject) {
    return Upstream.waypointed(topology, subject)
        .filter(found -> ServiceScopes.isGlobalUpstream(found.service().metadata()))
        .map(found -> found.bound().waypoint())
        .filter(waypoint -> topology.scopes().isGlobalUpstream(waypoint).isNo())
        .map(GlobalServiceBehindLocalWaypoint::finding)
        .stream();
  }

  private static Finding finding(Gateway waypoint) {
    return Finding.at(FieldPath.label(Keys.GLOBAL))
        .says(
            "the Service is global, but its waypoint %s is not: requests stay in their own cluster",
            waypoint.key())
        .because(
            "ztunnel sends requests to the waypoint, and of a waypoint that is not global it knows"
                + " the local Pods only. In upstream Istio a global Service needs the same waypoint"
                + " in every cluster, global too.")
        .fix(
            "set `%s: \"true\"` in spec.infrastructure.labels of %s, in every cluster",
            Keys.GLOBAL, waypoint.ref().spoken())
        .about(waypoint);
  }
}
