package dev.lintel.rule.servicescope;

import dev.lintel.mesh.Keys;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.Metadata;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Solo;
import dev.lintel.rule.Subject.Host;
import dev.lintel.rule.Subject.OfService;
import dev.lintel.topology.Topology;
import dev.lintel.topology.WaypointBinding.Bound;
import java.util.stream.Stream;

/**
 * A takeover that the Service's waypoint undoes: the waypoint serves the local name with the
 * endpoints of its own cluster.
 *
 * <p>Restricted: a takeover of a peered Service to which a waypoint is bound. Allowed: either of
 * the two (docs/domain.md, 5.2).
 */
final class TakeoverBehindWaypoint {

  static final Rule RULE =
      Rule.warns("SC-007", "service-takeover-behind-waypoint")
          .summary("Behind a waypoint a takeover reaches local endpoints only")
          .reads(Reads.PEERING)
          .ofServices(TakeoverBehindWaypoint::judge);

  private TakeoverBehindWaypoint() {}

  private static Stream<Finding> judge(Topology topology, OfService subject) {
    boolean takesOver = topology.scopes().takesOver(subject.resource());
    return Solo.asFarAsKnown(
        topology,
        subject.hosts().stream()
            .filter(host -> takesOver && host.backend().hasVip())
            .flatMap(
                host ->
                    host.waypoint() instanceof Bound(var waypoint, var level)
                        ? Stream.of(finding(topology, host, waypoint))
                        : Stream.of()));
  }

  private static Finding finding(Topology topology, Host host, Gateway waypoint) {
    return Finding.at(fieldOf(topology, host.backend().metadata()))
        .says(
            "takeover together with waypoint %s: %s reaches the endpoints of this cluster only",
            waypoint.key(), host.backend().host())
        .because(
            "A takeover gives the local name the endpoints of all clusters, but the waypoint"
                + " answers to that name with those of its own cluster. There is no failover to"
                + " another cluster.")
        .fix(
            "route to the global host %s (kind Hostname) where failover is wanted",
            topology.scopes().globalService(host.backend().resource().key()).host())
        .with(waypoint)
        .fact("assumed: the installed release behaves as the vendor's workshops show");
  }

  private static FieldPath fieldOf(Topology topology, Metadata metadata) {
    return Written.read(topology, metadata, Keys.SERVICE_TAKEOVER)
        .map(Written::field)
        .orElseGet(() -> Solo.scopeField(topology, metadata));
  }
}
