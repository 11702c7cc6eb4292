package dev.lintel.rule.destinationrule;

import dev.lintel.resource.Gateway;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Subject.OfRule;
import dev.lintel.topology.Backend;
import dev.lintel.topology.IngressLeg;
import dev.lintel.topology.RuleReaders;
import java.util.List;
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

  /** Returns who applies a DestinationRule, for each host that it covers. */
  static Stream<Appliers> of(OfRule subject) {
    return subject.readers().stream().map(Appliers::of);
  }

  private static Appliers of(RuleReaders readers) {
    return new Appliers(
        readers.backend(),
        readers.applyingWaypoints(),
        readers.legs().stream()
            .filter(reading -> reading.applies().isYes())
            .map(RuleReaders.LegReading::leg)
            .toList(),
        readers.istiodClients());
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
    return Readings.spoken(gateways.stream().map(IngressLeg::gateway).toList());
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
