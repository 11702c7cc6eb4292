package dev.lintel.rule.serviceentry;

import dev.lintel.mesh.Fact;
import dev.lintel.resource.Kind;
import dev.lintel.resource.ServiceEntry;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject;
import dev.lintel.rule.Subject.OfEntry;
import dev.lintel.topology.Backend;
import dev.lintel.topology.Topology;
import dev.lintel.topology.WaypointBinding;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A wildcard host in a form that neither ztunnel nor a waypoint serves.
 *
 * <p>Restricted: a wildcard in {@code spec.hosts}; {@code spec.ports[].protocol} TLS of such a
 * host. Allowed: {@code spec.resolution} DYNAMIC_DNS with HTTP ports, or with TLS ports where
 * istiod is set up for them; {@code spec.addresses} with endpoints that are known; any wildcard
 * where sidecars are the clients (docs/domain.md, 6.2).
 */
final class WildcardHost {

  static final Rule RULE =
      Rule.warns("SE-004", "wildcard-host-in-ambient")
          .summary("Neither ztunnel nor a waypoint serves this wildcard host")
          .reads(Reads.and(Reads.BINDING, Kind.POD, Kind.DEPLOYMENT))
          .ofServiceEntries(WildcardHost::judge);

  private WildcardHost() {}

  private static Stream<Finding> judge(Topology topology, OfEntry subject) {
    WaypointBinding waypoint = Entries.waypointOf(subject);
    return Entries.writtenByHand(topology, subject)
        .filter(entry -> Entries.servesAmbient(topology, entry, waypoint))
        .flatMap(
            entry ->
                Entries.isDynamicDns(entry)
                    ? tlsPorts(topology, entry, waypoint)
                    : wildcards(entry, subject));
  }

  private static Stream<Finding> wildcards(ServiceEntry entry, OfEntry subject) {
    return hasOwnAddressAndEndpoints(entry)
        ? Stream.of()
        : subject.hosts().stream()
            .map(Subject.Host::backend)
            .filter(backend -> backend.host().isWildcard())
            .map(backend -> wildcard(entry, backend));
  }

  /** Then ztunnel answers DNS queries with the address, and knows where to send. */
  private static boolean hasOwnAddressAndEndpoints(ServiceEntry entry) {
    return !entry.addresses().isEmpty()
        && switch (entry.resolution()) {
          case "STATIC", "NONE" -> true;
          default -> !entry.endpoints().isEmpty();
        };
  }

  private static Finding wildcard(ServiceEntry entry, Backend backend) {
    return Finding.at(Entries.fieldOf(entry, backend))
        .says(
            "in ambient mode nothing serves wildcard `%s` with resolution %s: it gets no address,"
                + " and requests pass as if the entry did not exist",
            backend.canonicalHost(), entry.resolution())
        .because(
            "istiod allocates an address for a wildcard only with resolution DYNAMIC_DNS, and"
                + " without an address ztunnel finds no service for a request. Sidecars do serve"
                + " such hosts.")
        .fix("set resolution DYNAMIC_DNS and name a waypoint, or list the full hosts")
        .about(backend.canonicalHost());
  }

  private static Stream<Finding> tlsPorts(
      Topology topology, ServiceEntry entry, WaypointBinding binding) {
    Fact served = topology.dialect().features().wildcardTls();
    if (!served.isNo() || !(binding instanceof WaypointBinding.Bound(var waypoint, var level))) {
      return Stream.of();
    }
    FieldPath ports = FieldPath.of("spec.ports");
    return IntStream.range(0, entry.ports().size())
        .filter(i -> entry.ports().get(i).protocol().equals("TLS"))
        .mapToObj(
            i ->
                Finding.at(ports.index(i).field("protocol"))
                    .says(
                        "waypoint %s does not serve TLS port %d of a wildcard host (%s)",
                        waypoint.ref().spoken(), entry.ports().get(i).number(), served.reason())
                    .because(
                        "istiod builds no configuration for TLS ports of wildcard hosts unless it"
                            + " is told to, because the name that a caller announces decides where"
                            + " the request goes.")
                    .fix(
                        "use HTTP behind the waypoint, list the full hosts with resolution DNS, or"
                            + " set that to true on istiod")
                    .with(waypoint));
  }
}
