package dev.lintel.rule.serviceentry;

import dev.lintel.resource.Gateway;
import dev.lintel.resource.Kind;
import dev.lintel.resource.Service;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.OfEntry;
import dev.lintel.topology.Topology;
import dev.lintel.topology.WaypointBinding;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An entry for the host of a Service, where the Service answers all the same.
 *
 * <p>Restricted: {@code spec.hosts} that is the host of a Service of the same namespace, or of
 * another one where a waypoint or a gateway reads the host. Allowed: a stub in the callers'
 * namespace, which ztunnel prefers for them (docs/domain.md, 6.2).
 */
final class HostOfService {

  static final Rule RULE =
      Rule.warns("SE-007", "host-of-a-service")
          .summary("The host is a Service's, which answers in place of the ServiceEntry")
          .reads(Reads.and(Reads.ROUTES, Kind.SERVICE, Kind.DEPLOYMENT, Kind.CONFIG_MAP))
          .ofServiceEntries(HostOfService::judge);

  private HostOfService() {}

  private static Stream<Finding> judge(Topology topology, OfEntry subject) {
    return Entries.writtenByHand(topology, subject)
        .flatMap(
            entry ->
                subject.hosts().stream()
                    .map(host -> Owners.of(topology, entry, host))
                    .flatMap(owners -> ofHost(owners).stream()));
  }

  private static Optional<Finding> ofHost(Owners owners) {
    return owners
        .service()
        .flatMap(
            service ->
                service.namespace().equals(owners.entry().namespace())
                    ? Optional.of(shadowed(owners, service))
                    : atWaypoint(owners, service).or(() -> atGateway(owners, service)));
  }

  private static Finding shadowed(Owners owners, Service service) {
    return at(owners, service)
        .says(
            "`%s` is the host of %s, which wins: ztunnel and waypoints ignore this entry",
            owners.written(), service.ref().spoken())
        .because(
            "In a namespace that has both istiod keeps the Service, and the Service is what every"
                + " other namespace gets. Sidecars take no more than subjectAltNames from the"
                + " entry.")
        .fix("use another host, or change the Service");
  }

  private static Optional<Finding> atWaypoint(Owners owners, Service service) {
    return owners.waypoint() instanceof WaypointBinding.Bound(var waypoint, var level)
            && owners.entryAt(waypoint).isEmpty()
        ? Optional.of(atWaypoint(owners, service, waypoint))
        : Optional.empty();
  }

  private static Finding atWaypoint(Owners owners, Service service, Gateway waypoint) {
    return at(owners, service)
        .says(
            "waypoint %s takes `%s` for %s: requests that this entry sends through it never reach"
                + " its endpoints",
            waypoint.ref().spoken(), owners.written(), service.ref().spoken())
        .because(
            "ztunnel prefers the entry of the caller's namespace, but a waypoint of another"
                + " namespace resolves the host anew, and to it the host is the Service's.")
        .fix("label this entry `istio.io/use-waypoint: none`, or use a waypoint of its namespace")
        .with(waypoint);
  }

  private static Optional<Finding> atGateway(Owners owners, Service service) {
    return owners.asking().stream()
        .filter(asking -> owners.isMe(asking.taken()))
        .findFirst()
        .map(asking -> atGateway(owners, service, asking.gateway()));
  }

  private static Finding atGateway(Owners owners, Service service, Gateway gateway) {
    return at(owners, service)
        .says(
            "`%s` is the host of %s: %s sends it to this entry, callers inside the mesh reach the"
                + " Service",
            owners.written(), service.ref().spoken(), gateway.ref().spoken())
        .because(
            "kgateway looks for a host among ServiceEntries only. For ztunnel and waypoints the"
                + " Service wins, except for callers in the entry's own namespace.")
        .fix("let the route refer to %s, or use another host", service.ref().spoken())
        .with(gateway);
  }

  private static Finding at(Owners owners, Service service) {
    return Finding.at(owners.field()).about(service);
  }
}
