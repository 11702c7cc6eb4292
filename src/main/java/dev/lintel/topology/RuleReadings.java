package dev.lintel.topology;

import dev.lintel.mesh.Fact;
import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.Gateway;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Works out what a proxy makes of a DestinationRule (docs/domain.md, 2.1 and 4.4). */
final class RuleReadings {

  private RuleReadings() {}

  /** Tells what a kgateway Gateway makes of a rule. */
  static RuleReading atKgateway(
      Topology topology, DestinationRule rule, Backend backend, IngressLeg leg) {
    Proxy.Kgateway proxy = new Proxy.Kgateway(leg);
    Fact integration = leg.kgateway().istioIntegration();
    if (integration.isNo()) {
      return new RuleReading.IntegrationOff(proxy, integration.reason());
    }
    if (!KgatewayRules.isExportedTo(rule, proxy.gateway().namespace())) {
      return new RuleReading.NotExported(proxy);
    }
    if (KgatewayRules.selects(topology, proxy.gateway(), rule).isNo()) {
      return new RuleReading.HasSelector(proxy);
    }
    if (!rule.host().equals(backend.canonicalHost())) {
      return new RuleReading.OtherSpelling(proxy, backend.canonicalHost());
    }
    if (!leg.possibly(IngressPath::gatewayPicksPod)) {
      return new RuleReading.PicksNoPod(proxy);
    }
    Fact picked = KgatewayRules.picks(topology, proxy.gateway(), backend, rule);
    return picked.isNo()
        ? instead(topology, rule, backend, proxy)
        : first(integration, pathOf(leg), picked)
            .<RuleReading>map(open -> new RuleReading.Unknown(proxy, open.reason()))
            .orElseGet(() -> new RuleReading.Applied(proxy));
  }

  private static Fact pathOf(IngressLeg leg) {
    return leg.certainly(IngressPath::gatewayPicksPod)
        ? Fact.yes()
        : Fact.unknown("the ingress path is not known");
  }

  private static Optional<Fact> first(Fact... facts) {
    return Stream.of(facts).filter(Fact::isUnknown).findFirst();
  }

  /** Rules for everyone come before all others; among those of one rank the oldest wins. */
  private static RuleReading instead(
      Topology topology, DestinationRule rule, Backend backend, Proxy.Kgateway proxy) {
    return topology
        .rules()
        .atKgateway(proxy.gateway(), backend)
        .<RuleReading>map(
            other ->
                KgatewayRules.isForEveryone(other) == KgatewayRules.isForEveryone(rule)
                    ? new RuleReading.Displaced(proxy, other)
                    : new RuleReading.Hidden(proxy, other))
        .orElseGet(() -> new RuleReading.NotFound(proxy));
  }

  /** Tells what a waypoint makes of a rule. */
  static RuleReading atWaypoint(
      Topology topology, DestinationRule rule, Backend backend, Gateway waypoint) {
    Proxy.Waypoint proxy = new Proxy.Waypoint(waypoint);
    RuleLookup found = topology.rules().lookUp(waypoint.namespace(), backend);
    boolean isSelective = rule.workloadSelector().isPresent();
    if (!isSelective && found.rules().contains(rule)) {
      return found
          .policyAtWaypoint()
          .filter(policy -> !policy.equals(rule))
          .<RuleReading>map(policy -> new RuleReading.Displaced(proxy, policy))
          .orElseGet(() -> new RuleReading.Applied(proxy));
    }
    List<String> searched = RuleLookup.searched(topology, waypoint.namespace(), backend);
    if (!searched.contains(rule.namespace())) {
      return new RuleReading.NotSearched(proxy, searched);
    }
    if (isSelective) {
      return new RuleReading.HasSelector(proxy);
    }
    if (!RuleLookup.isExportedTo(rule, waypoint.namespace())) {
      return new RuleReading.NotExported(proxy);
    }
    return found
        .endsAt()
        .or(() -> exportedElsewhere(topology, rule, backend, waypoint))
        .<RuleReading>map(other -> new RuleReading.Hidden(proxy, other))
        .orElseGet(() -> new RuleReading.NotFound(proxy));
  }

  /** Returns the rule with the more specific host that is chosen, and then not exported here. */
  private static Optional<DestinationRule> exportedElsewhere(
      Topology topology, DestinationRule rule, Backend backend, Gateway waypoint) {
    return topology
        .rules()
        .covering(backend.host(), rule.namespace())
        .filter(other -> !RuleLookup.isExportedTo(other, waypoint.namespace()))
        .filter(
            other ->
                topology.rules().hostOf(other).isMoreSpecificThan(topology.rules().hostOf(rule)))
        .max(
            Comparator.<DestinationRule>comparingInt(
                    other -> topology.rules().hostOf(other).value().length())
                .thenComparing(DestinationRule::name));
  }
}
