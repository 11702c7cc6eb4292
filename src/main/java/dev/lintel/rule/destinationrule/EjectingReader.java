package dev.lintel.rule.destinationrule;

import dev.lintel.mesh.KgatewayDistribution;
import dev.lintel.mesh.Since;
import dev.lintel.mesh.TrafficDistribution;
import dev.lintel.resource.Gateway;
import dev.lintel.rule.Finding;
import dev.lintel.topology.EndpointReader;
import dev.lintel.topology.Endpoints;
import dev.lintel.topology.IngressLeg;
import dev.lintel.topology.RuleReaders;
import dev.lintel.topology.Topology;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Who ejects endpoints of a host by a rule, and how many it has to eject from: kgateway counts
 * other endpoints than istiod (docs/domain.md, 4.5).
 *
 * @param spoken who that is, as a sentence names it
 * @param gateways the Gateways of kgateway among them
 * @param endpoints the endpoints of the host as it sees them
 * @param withoutMode whether istiod drives it and no traffic distribution asks for endpoints that
 *     are not ready
 */
record EjectingReader(
    String spoken, List<Gateway> gateways, Endpoints endpoints, boolean withoutMode) {

  /** Returns those of a rule's readers for whom all endpoints of the host are known. */
  static Stream<EjectingReader> of(Topology topology, RuleReaders readers) {
    List<EjectingReader> ejecting = new ArrayList<>();
    if (readers.mayBeAppliedByIstiodProxies() && ejectsNoFirst(topology)) {
      ejecting.add(ofIstiod(topology, readers));
    }
    Arrays.stream(KgatewayDistribution.values())
        .map(distribution -> gatewaysOf(readers, distribution))
        .filter(legs -> !legs.isEmpty())
        .map(legs -> ofKgateway(topology, readers, legs))
        .forEach(ejecting::add);
    return ejecting.stream().filter(reader -> reader.endpoints().complete().isYes());
  }

  /** Envoy 1.28, and with it Istio 1.20, ejects no first endpoint beyond the limit. */
  private static boolean ejectsNoFirst(Topology topology) {
    return !topology.dialect().istiodLacks(Since.EJECTION_LIMIT);
  }

  private static EjectingReader ofIstiod(Topology topology, RuleReaders readers) {
    return new EjectingReader(
        readers.applyingWaypoints().isEmpty()
            ? "sidecars and Istio gateways"
            : Readings.spokenWaypoints(readers),
        List.of(),
        topology.endpoints().of(readers.backend(), EndpointReader.ISTIOD_PROXY),
        topology.endpoints().trafficDistributionOf(readers.backend()).atIstiod()
            == TrafficDistribution.ANY);
  }

  private static EjectingReader ofKgateway(
      Topology topology, RuleReaders readers, List<IngressLeg> legs) {
    List<Gateway> gateways = legs.stream().map(IngressLeg::gateway).toList();
    return new EjectingReader(
        Readings.spoken(gateways),
        gateways,
        topology
            .endpoints()
            .of(readers.backend(), EndpointReader.of(legs.getFirst().kgateway().distribution())),
        false);
  }

  private static List<IngressLeg> gatewaysOf(
      RuleReaders readers, KgatewayDistribution distribution) {
    return readers.applyingLegs().stream()
        .filter(leg -> leg.kgateway().distribution() == distribution)
        .toList();
  }

  /**
   * Returns how many endpoints it has under a policy, 0 or more. Where no mode is set, a share of
   * endpoints that must be healthy makes istiod leave out those that are not ready.
   */
  int count(PlacedPolicy placed) {
    boolean leavesOut =
        withoutMode
            && placed
                .policy()
                .outlierDetection()
                .filter(detection -> detection.minHealthPercent() > 0)
                .isPresent();
    return leavesOut ? endpoints.readyInUse() : endpoints.inUse();
  }

  /** Adds the Gateways to a finding's evidence. */
  Finding with(Finding finding) {
    Finding more = finding;
    for (Gateway gateway : gateways) {
      more = more.with(gateway);
    }
    return more;
  }
}
