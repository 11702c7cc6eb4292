package dev.lintel.rule.destinationrule;

import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.Kind;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Subject;
import dev.lintel.topology.Backend;
import dev.lintel.topology.IngressLeg;
import dev.lintel.topology.RuleReaders;
import dev.lintel.topology.Topology;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who applies the destination-level policy of a rule to a host: those of its readers for which no
 * other rule takes its place (docs/domain.md, 2.1 and 4.4).
 *
 * @param backend the host
 * @param waypoints the waypoints that apply it
 * @param gateways the kgateway Gateways that certainly apply it
 * @param istiodClients whether sidecars or Istio's own gateways may apply it
 */
record Appliers(
    Backend backend, List<Gateway> waypoints, List<IngressLeg> gateways, boolean istiodClients) {

  /** What it takes to know them. */
  static final Set<Kind> READS = Reads.RULE_READERS;

  /** Returns who applies a DestinationRule, for each host that it covers. */
  static Stream<Appliers> of(Topology topology, Subject subject) {
    return subject.destinationRule().stream()
        .flatMap(rule -> subject.readers().stream().map(readers -> of(topology, rule, readers)));
  }

  private static Appliers of(Topology topology, DestinationRule rule, RuleReaders readers) {
    return new Appliers(
        readers.backend(),
        readers.waypoints().stream()
            .filter(waypoint -> isApplied(topology, rule, readers.backend(), waypoint))
            .toList(),
        readers.legs().stream()
            .filter(reading -> reading.applies().isYes())
            .map(RuleReaders.LegReading::leg)
            .toList(),
        readers.istiodClients());
  }

  private static boolean isApplied(
      Topology topology, DestinationRule rule, Backend backend, Gateway waypoint) {
    return topology
        .lookUpRule(waypoint.namespace(), backend)
        .policyAtWaypoint()
        .filter(rule::equals)
        .isPresent();
  }

  /** Tells whether some proxy fed by istiod applies it, or may. */
  boolean hasIstiodProxies() {
    return !waypoints.isEmpty() || istiodClients;
  }

  /** Returns the waypoints as a sentence names them. */
  String spokenWaypoints() {
    return waypoints.stream()
        .map(waypoint -> "waypoint " + waypoint.key())
        .collect(Collectors.joining(" and "));
  }

  /** Returns the Gateways as a sentence names them. */
  String spokenGateways() {
    return gateways.stream()
        .map(leg -> leg.gateway().ref().spoken())
        .collect(Collectors.joining(" and "));
  }

  /** Adds the waypoints to a finding's evidence. */
  Finding withWaypoints(Finding finding) {
    Finding more = finding.with(backend.resource());
    for (Gateway waypoint : waypoints) {
      more = more.with(waypoint);
    }
    return more;
  }
}
