package dev.lintel.rule.trafficdistribution;

import dev.lintel.mesh.Keys;
import dev.lintel.mesh.TrafficDistribution;
import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.Resource;
import dev.lintel.resource.Service;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.Approach;
import dev.lintel.rule.Subject.Host;
import dev.lintel.rule.Subject.OfHosts;
import dev.lintel.topology.Backend;
import dev.lintel.topology.EffectiveTrafficDistribution;
import dev.lintel.topology.GatewayRole;
import dev.lintel.topology.Generated;
import dev.lintel.topology.IngressLabels;
import dev.lintel.topology.IngressLeg;
import dev.lintel.topology.LocalityOverride;
import dev.lintel.topology.Topology;
import dev.lintel.topology.WaypointBinding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
          .reads(Reads.RULE_READERS)
          .ofHosts(ShadowedTrafficDistribution::judge);

  private ShadowedTrafficDistribution() {}

  private static Stream<Finding> judge(Topology topology, OfHosts subject) {
    Map<DestinationRule, Shadow> shadows = new LinkedHashMap<>();
    for (Host host : subject.hosts()) {
      if (isDefaultOfPeering(topology, host)) {
        continue;
      }
      Stream.of(
              atWaypoint(topology, host),
              atGateways(topology, host),
              atIstioGateways(topology, host))
          .flatMap(found -> found)
          .forEach(shadow -> shadows.merge(shadow.rule(), shadow, Shadow::and));
    }
    return shadows.values().stream().map(ShadowedTrafficDistribution::finding);
  }

  /** Nobody chose what peering writes by itself, so a rule may take its place. */
  private static boolean isDefaultOfPeering(Topology topology, Host host) {
    return host.backend() instanceof Backend.OfEntry(var entry, var name, var written)
        && Generated.isOfPeering(entry, topology.platform().rootNamespace())
        && topology
            .parentOf(entry)
            .flatMap(parent -> topology.service(parent.namespace(), parent.name()))
            .filter(ShadowedTrafficDistribution::isChosen)
            .isEmpty();
  }

  private static boolean isChosen(Service parent) {
    return parent.trafficDistribution().isPresent()
        || parent.metadata().annotation(Keys.TRAFFIC_DISTRIBUTION).isPresent();
  }

  private static Stream<Shadow> atWaypoint(Topology topology, Host host) {
    if (host.trafficDistribution().atIstiod() == TrafficDistribution.ANY
        || !host.backend().hasVip()
        || !(host.waypoint() instanceof WaypointBinding.Bound(var waypoint, var level))) {
      return Stream.empty();
    }
    return topology
        .lookUpRule(waypoint.namespace(), host.backend())
        .policyAtWaypoint()
        .flatMap(
            rule ->
                settingAtWaypoint(topology, rule, host.backend())
                    .map(setting -> Shadow.of(host, rule, setting, "waypoint", waypoint)))
        .stream();
  }

  /** Istio's own ingress picks the Pods unless it is told to send to the waypoint. */
  private static Stream<Shadow> atIstioGateways(Topology topology, Host host) {
    boolean isWaypointsJob =
        host.waypoint() instanceof WaypointBinding.Bound
            && IngressLabels.istiodSaysTrue(topology, host.backend());
    if (host.trafficDistribution().atIstiod() == TrafficDistribution.ANY || isWaypointsJob) {
      return Stream.empty();
    }
    return topology
        .gatewaysTo(host.backend())
        .filter(gateway -> topology.roleOf(gateway) == GatewayRole.ISTIO_INGRESS)
        .flatMap(
            gateway ->
                topology
                    .lookUpRule(gateway.namespace(), host.backend())
                    .policyAtWaypoint()
                    .flatMap(
                        rule ->
                            settingAtWaypoint(topology, rule, host.backend())
                                .map(setting -> Shadow.of(host, rule, setting, "Gateway", gateway)))
                    .stream());
  }

  private static Stream<Shadow> atGateways(Topology topology, Host host) {
    return host.trafficDistribution().atKgateway() == TrafficDistribution.ANY
        ? Stream.empty()
        : host.ingress().stream().flatMap(leg -> atGateway(topology, host, leg).stream());
  }

  /** Tells whether a Gateway certainly takes a DestinationRule's locality setting instead. */
  static boolean isShadowed(Topology topology, Approach approach) {
    return atGateway(topology, approach.host(), approach.leg()).isPresent();
  }

  private static Optional<Shadow> atGateway(Topology topology, Host host, IngressLeg leg) {
    return topology
        .ruleAtKgateway(leg.gateway(), host.backend())
        .filter(rule -> applies(topology, host.backend(), leg, rule))
        .flatMap(
            rule ->
                LocalityOverride.atKgateway(rule, host.backend())
                    .map(
                        override ->
                            Shadow.of(host, rule, override.spelling(), "Gateway", leg.gateway())));
  }

  private static boolean applies(
      Topology topology, Backend backend, IngressLeg leg, DestinationRule rule) {
    return topology.readersOf(rule, backend).legs().stream()
        .anyMatch(
            reading -> reading.leg().gateway().equals(leg.gateway()) && reading.applies().isYes());
  }

  /** Where locality is switched off, another rule says what becomes of the traffic distribution. */
  private static Optional<String> settingAtWaypoint(
      Topology topology, DestinationRule rule, Backend backend) {
    return LocalityOverride.atWaypoint(topology, rule, backend)
        .filter(override -> override != LocalityOverride.SWITCHED_OFF)
        .map(LocalityOverride::spelling);
  }

  private static Finding finding(Shadow shadow) {
    EffectiveTrafficDistribution setting = shadow.host().trafficDistribution();
    String rule = shadow.rule().ref().spoken();
    Finding finding =
        Finding.at(Settings.fieldOf(setting))
            .says(
                "%s sets %s, which %s uses instead of %s",
                rule,
                shadow.setting(),
                String.join(" and ", shadow.readers()),
                value(shadow.host()))
            .because(
                "A proxy takes one source of locality preferences: a DestinationRule's %s comes"
                    + " before a traffic distribution, which then has no effect.",
                shadow.setting())
            .fix("remove one of the two")
            .about(rule)
            .with(shadow.rule());
    for (Resource proxy : shadow.proxies()) {
      finding = finding.with(proxy);
    }
    return finding;
  }

  private static String value(Host host) {
    EffectiveTrafficDistribution setting = host.trafficDistribution();
    return setting
        .ownValue()
        .map("`%s`"::formatted)
        .orElseGet(
            () ->
                "`%s` of Namespace %s"
                    .formatted(
                        setting.namespaceAnnotation().orElse(""), host.backend().namespace()));
  }

  /**
   * A rule that takes the place of a host's traffic distribution, and the proxies at which it does.
   */
  private record Shadow(
      Host host,
      DestinationRule rule,
      String setting,
      Set<String> readers,
      List<Resource> proxies) {

    static Shadow of(Host host, DestinationRule rule, String setting, String role, Resource proxy) {
      return new Shadow(host, rule, setting, Set.of(role + " " + proxy.key()), List.of(proxy));
    }

    Shadow and(Shadow other) {
      Set<String> more = new TreeSet<>(readers);
      more.addAll(other.readers);
      return new Shadow(
          host,
          rule,
          setting,
          more,
          Stream.concat(proxies.stream(), other.proxies.stream()).distinct().toList());
    }
  }
}
