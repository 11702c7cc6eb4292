package dev.lintel.rule.destinationrule;

import dev.lintel.resource.Service;
import dev.lintel.resource.Service.ServicePort;
import dev.lintel.resource.ServiceEntry;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.OfRule;
import dev.lintel.topology.Backend;
import dev.lintel.topology.RuleReaders;
import dev.lintel.topology.Topology;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A TLS mode that a waypoint ignores, or that adds a second TLS session inside the mesh's own.
 *
 * <p>Restricted: {@code tls.mode} of a DestinationRule that a waypoint applies. Allowed: where
 * sidecars read the rule; {@code SIMPLE} and {@code MUTUAL} to external hosts whose callers do not
 * speak TLS themselves, and to Pods that serve TLS (docs/domain.md, 2.2).
 */
final class TlsAtWaypoint {

  private static final Pattern TLS_NAME = Pattern.compile("(https|tls)(-.*)?");
  private static final Set<String> TLS_PROTOCOLS = Set.of("HTTPS", "TLS");
  private static final Pattern TLS_TARGET = Pattern.compile("\\d*443|.*(https|tls).*");

  static final Rule RULE =
      Rule.warns("DR-012", "tls-mode-at-waypoint")
          .summary("The waypoint ignores this TLS mode, or adds a second TLS session")
          .reads(Reads.RULE_READERS)
          .ofDestinationRules(TlsAtWaypoint::judge);

  private TlsAtWaypoint() {}

  private static Stream<Finding> judge(Topology topology, OfRule subject) {
    List<RuleReaders> atWaypoints =
        subject.readers().stream()
            .filter(readers -> !readers.applyingWaypoints().isEmpty() && !readers.istiodClients())
            .toList();
    return PlacedPolicy.all(subject.resource())
        .flatMap(
            placed ->
                atWaypoints.stream()
                    .filter(readers -> placed.countsFor(readers.backend()))
                    .flatMap(readers -> finding(topology, subject, placed, readers).stream())
                    .limit(1));
  }

  private static Optional<Finding> finding(
      Topology topology, OfRule subject, PlacedPolicy placed, RuleReaders readers) {
    return switch (placed.policy().tlsMode().orElse("")) {
      case "ISTIO_MUTUAL", "DISABLE" -> Optional.of(ignored(placed, readers));
      case "SIMPLE", "MUTUAL" ->
          externalPorts(readers.backend())
              .map(
                  ports ->
                      isRouted(topology, subject, readers.backend())
                          ? Optional.<Finding>empty()
                          : twice(placed, readers, ports))
              .orElseGet(() -> second(placed, readers));
      default -> Optional.empty();
    };
  }

  private static Finding ignored(PlacedPolicy placed, RuleReaders readers) {
    String mode = placed.policy().tlsMode().orElse("");
    return at(placed, readers)
        .says(
            "%s ignores tls.mode %s for %s: the mesh encrypts by itself",
            Readings.spokenWaypoints(readers), mode, readers.backend().host())
        .because(
            "Between proxies in ambient mode ztunnel carries the connection in mutual TLS, whatever"
                + " a rule says. A waypoint acts on the modes SIMPLE and MUTUAL only.")
        .fix("remove the tls block");
  }

  /** Whether a Pod serves TLS cannot be seen; where a port tells so, it is believed. */
  private static Optional<Finding> second(PlacedPolicy placed, RuleReaders readers) {
    List<ServicePort> ports = ports(placed, readers.backend());
    Optional<ServicePort> spoken = ports.stream().filter(TlsAtWaypoint::isSpokenTls).findFirst();
    if (spoken.isEmpty() && !ports.isEmpty() && ports.stream().allMatch(TlsAtWaypoint::servesTls)) {
      return Optional.empty();
    }
    String mode = placed.policy().tlsMode().orElse("");
    Finding found =
        at(placed, readers)
            .says(
                "with tls.mode %s %s opens a TLS session of its own to the Pods of %s%s",
                mode,
                Readings.spokenWaypoints(readers),
                readers.backend().host(),
                spoken
                    .map(
                        port ->
                            ", inside which callers of port %d speak TLS again"
                                .formatted(port.number()))
                    .orElse(", which works only if they serve TLS"))
            .because(
                "ztunnel encrypts the connection from the waypoint to the Pod already. The mode"
                    + " adds TLS inside, which a Pod that serves plain HTTP does not understand.")
            .fix("remove the tls block unless the Pods themselves expect this session");
    return Optional.of(found.onlyWhenNew());
  }

  private static Finding at(PlacedPolicy placed, RuleReaders readers) {
    return Readings.withWaypoints(readers, Finding.at(placed.field().field("tls").field("mode")))
        .about(placed.policy().tlsMode().orElse(""));
  }

  /** TLS to the outside is begun by a waypoint on purpose, but not where the callers do it. */
  private static Optional<Finding> twice(
      PlacedPolicy placed, RuleReaders readers, List<ServiceEntry.Port> ports) {
    return ports.stream()
        .filter(port -> placed.countsFor(port.number()))
        .filter(port -> TLS_PROTOCOLS.contains(port.protocol()))
        .findFirst()
        .map(
            port ->
                at(placed, readers)
                    .says(
                        "with tls.mode %s %s opens a TLS session of its own to %s, inside which"
                            + " callers of port %d speak TLS again",
                        placed.policy().tlsMode().orElse(""),
                        Readings.spokenWaypoints(readers),
                        readers.backend().host(),
                        port.number())
                    .because(
                        "The port's protocol is %s: callers encrypt by themselves, and the waypoint"
                            + " passes their connection on. The mode wraps it in TLS once more,"
                            + " which the host does not expect.",
                        port.protocol())
                    .fix(
                        "set the mode below portLevelSettings for ports that callers use in clear,"
                            + " or remove it")
                    .onlyWhenNew());
  }

  /** A route may send to the port what its callers said in clear. */
  private static boolean isRouted(Topology topology, OfRule subject, Backend backend) {
    return !topology.waypoints().meshRoutesTo(backend).isEmpty()
        || topology.virtualServicesTo(backend.host()).findAny().isPresent()
        || subject.readers().stream()
            .anyMatch(r -> r.backend().equals(backend) && !r.legs().isEmpty());
  }

  /** Returns the ports of a host outside the mesh; empty if it is in the mesh. */
  private static Optional<List<ServiceEntry.Port>> externalPorts(Backend backend) {
    return backend instanceof Backend.OfEntry(var entry, var host, var written)
            && !entry.location().equals("MESH_INTERNAL")
        ? Optional.of(entry.ports())
        : Optional.empty();
  }

  private static List<ServicePort> ports(PlacedPolicy placed, Backend backend) {
    return backend.resource() instanceof Service service
        ? service.ports().stream().filter(port -> placed.countsFor(port.number())).toList()
        : List.of();
  }

  private static boolean isSpokenTls(ServicePort port) {
    String protocol = port.appProtocol().isEmpty() ? port.name() : port.appProtocol();
    return TLS_NAME.matcher(protocol).matches();
  }

  private static boolean servesTls(ServicePort port) {
    return TLS_TARGET.matcher(port.targetPort()).matches();
  }
}
