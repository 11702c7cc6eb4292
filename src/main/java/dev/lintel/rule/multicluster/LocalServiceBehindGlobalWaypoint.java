package dev.lintel.rule.multicluster;

import dev.lintel.resource.Gateway;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.OfService;
import dev.lintel.topology.ServiceScopes;
import dev.lintel.topology.Topology;
import java.util.stream.Stream;

/**
 * A Service of one cluster behind a waypoint that is global in upstream Istio: a waypoint Pod of
 * another cluster may take the request, and answers with what it finds there.
 *
 * <p>Restricted: a global waypoint of a Service without {@code istio.io/global: "true"}. Allowed: a
 * waypoint of its own (docs/domain.md, 5.5).
 */
final class LocalServiceBehindGlobalWaypoint {

  static final Rule RULE =
      Rule.warns("MC-005", "local-service-behind-global-waypoint")
          .summary("Behind a global waypoint a local Service may be answered by another cluster")
          .reads(Upstream.WAYPOINT)
          .ofServices(LocalServiceBehindGlobalWaypoint::judge);

  private LocalServiceBehindGlobalWaypoint() {}

  private static Stream<Finding> judge(Topology topology, OfService subject) {
    return Upstream.waypointed(topology, subject)
        .filter(found -> !ServiceScopes.isGlobalUpstream(found.service().metadata()))
        .filter(found -> topology.scopes().isGlobalUpstream(found.bound().waypoint()).isYes())
        .map(
            found -> finding(found.bound().waypoint(), FieldPath.ofWaypoint(found.bound().level())))
        .stream();
  }

  private static Finding finding(Gateway waypoint, FieldPath field) {
    return Finding.at(field)
        .says(
            "waypoint %s is global, the Service is not: another cluster may answer its requests",
            waypoint.key())
        .because(
            "ztunnel may pick a Pod of the waypoint in another cluster, and that waypoint sends to"
                + " the Pods which a Service of the same name has over there.")
        .fix("use a waypoint of its own that is not global, or make the Service global too")
        .about(waypoint);
  }
}
