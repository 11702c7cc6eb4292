package dev.lintel.rule.trafficdistribution;

import dev.lintel.mesh.Keys;
import dev.lintel.mesh.TrafficDistribution;
import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.Service;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.Host;
import dev.lintel.rule.Subject.OfHosts;
import dev.lintel.topology.Backend;
import dev.lintel.topology.Displacement;
import dev.lintel.topology.EffectiveTrafficDistribution;
import dev.lintel.topology.GatewayRole;
import dev.lintel.topology.Generated;
import dev.lintel.topology.IngressPath;
import dev.lintel.topology.LocalityOverride;
import dev.lintel.topology.Picker;
import dev.lintel.topology.Topology;
import dev.lintel.topology.WaypointBinding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A traffic distribution that a proxy does not use, because the DestinationRule that it applies to
 * the host sets locality load balancing.
 *
 * <p>Restricted: {@code spec.trafficDistribution} and {@code
 * metadata.annotations[networking.istio.io/traffic-distribution]} of Service and ServiceEntry, and
 * what they inherit. Allowed: beside DestinationRules without {@code localityLbSetting} and {@code
 * zoneAwareLbSetting}, and beside rules that no proxy applies (docs/domain.md, 1.3).
 */
final class ShadowedTrafficDistribution {

  static final Rule RULE =
      Rule.warns("TD-014", "traffic-distribution-shadowed-by-destination-rule")
          .summary("A DestinationRule takes the place of this traffic distribution")
          .reads(Reads.PICKERS)
          .ofHosts(ShadowedTrafficDistribution::judge);

  private ShadowedTrafficDistribution() {}

  private static Stream<Finding> judge(Topology topology, OfHosts subject) {
    Map<DestinationRule, List<Picker>> shadowed = new LinkedHashMap<>();
    for (Host host : subject.hosts()) {
      if (!isDefaultOfPeering(topology, host)) {
        pickers(topology, host)
            .forEach(
                picker ->
                    shadow(picker)
                        .ifPresent(
                            by ->
                                shadowed
                                    .computeIfAbsent(by.rule(), rule -> new ArrayList<>())
                                    .add(picker)));
      }
    }
    return shadowed.entrySet().stream().map(entry -> finding(entry.getKey(), entry.getValue()));
  }

  /** Where locality is switched off, another rule says what becomes of the traffic distribution. */
  private static Optional<Displacement.ByRule> shadow(Picker picker) {
    return picker
        .displacement()
        .filter(Displacement.ByRule.class::isInstance)
        .map(Displacement.ByRule.class::cast)
        .filter(by -> by.isCertain() && by.override() != LocalityOverride.SWITCHED_OFF);
  }

  /** Nobody chose what peering writes by itself, so a rule may take its place. */
  private static boolean isDefaultOfPeering(Topology topology, Host host) {
    return host.backend() instanceof Backend.OfEntry(var entry, var name, var written)
        && Generated.isOfPeering(entry, topology.platform().rootNamespace())
        && topology
            .scopes()
            .parentOf(entry)
            .flatMap(parent -> topology.service(parent.namespace(), parent.name()))
            .filter(ShadowedTrafficDistribution::isChosen)
            .isEmpty();
  }

  private static boolean isChosen(Service parent) {
    return parent.trafficDistribution().isPresent()
        || parent.metadata().annotation(Keys.TRAFFIC_DISTRIBUTION).isPresent();
  }

  /** Returns those who pick the host's endpoints and know its traffic distribution. */
  private static Stream<Picker> pickers(Topology topology, Host host) {
    Stream<Picker> driven =
        host.trafficDistribution().atIstiod() == TrafficDistribution.ANY
            ? Stream.empty()
            : Stream.concat(atWaypoint(host), atIstioGateways(topology, host));
    Stream<Picker> ofKgateway =
        host.trafficDistribution().atKgateway() == TrafficDistribution.ANY
            ? Stream.empty()
            : host.ingress().stream()
                .filter(leg -> leg.certainly(IngressPath::gatewayPicksPod))
                .map(host.pickers()::atKgateway);
    return Stream.concat(driven, ofKgateway);
  }

  private static Stream<Picker> atWaypoint(Host host) {
    return host.backend().hasVip()
            && host.waypoint() instanceof WaypointBinding.Bound(var waypoint, var level)
        ? Stream.of(host.pickers().atWaypoint(waypoint))
        : Stream.empty();
  }

  /** Istio's own ingress picks the Pods unless it is told to send to the waypoint. */
  private static Stream<Picker> atIstioGateways(Topology topology, Host host) {
    boolean isWaypointsJob =
        host.waypoint() instanceof WaypointBinding.Bound
            && topology.ingress().labelIsTrueForIstiod(host.backend());
    return isWaypointsJob
        ? Stream.empty()
        : topology
            .ingress()
            .gatewaysTo(host.backend())
            .filter(gateway -> topology.roleOf(gateway) == GatewayRole.ISTIO_INGRESS)
            .map(host.pickers()::atIstioIngress);
  }

  private static Finding finding(DestinationRule rule, List<Picker> pickers) {
    Picker first = pickers.getFirst();
    String setting = shadow(first).orElseThrow().override().spelling();
    String readers =
        pickers.stream()
            .map(picker -> picker.proxy().spoken())
            .distinct()
            .sorted()
            .collect(Collectors.joining(" and "));
    Finding finding =
        Finding.at(Settings.fieldOf(first.distribution()))
            .says(
                "%s sets %s, which %s uses instead of %s",
                rule.ref().spoken(), setting, readers, value(first))
            .because(
                "A proxy takes one source of locality preferences: a DestinationRule's %s comes"
                    + " before a traffic distribution, which then has no effect.",
                setting)
            .fix("remove one of the two")
            .about(rule.ref().spoken())
            .with(rule);
    for (Picker picker : pickers) {
      finding = finding.with(picker.client());
    }
    return finding;
  }

  private static String value(Picker picker) {
    EffectiveTrafficDistribution setting = picker.distribution();
    return setting
        .ownValue()
        .map("`%s`"::formatted)
        .orElseGet(
            () ->
                "`%s` of Namespace %s"
                    .formatted(
                        setting.namespaceAnnotation().orElse(""), picker.backend().namespace()));
  }
}
