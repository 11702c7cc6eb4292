package dev.lintel.rule.trafficdistribution;

import dev.lintel.rule.Rule;
import java.util.List;

/** The traffic distribution family. */
public final class TrafficDistributionRules {

  private TrafficDistributionRules() {}

  /** Returns the family's rules, by code. */
  public static List<Rule> all() {
    return List.of(
        UnknownTrafficDistribution.RULE,
        MisreadTrafficDistribution.RULE,
        ContradictingTrafficDistribution.RULE,
        RejectedTrafficDistribution.RULE,
        UninheritedTrafficDistribution.RULE,
        PassthroughTrafficDistribution.RULE,
        UnaddressedTrafficDistribution.RULE,
        NodeLocalTrafficDistribution.RULE,
        GeneratedTrafficDistribution.RULE,
        MissingLocality.RULE,
        UnreadyEndpointsInUse.RULE,
        NodeBoundIngress.RULE,
        DeprecatedTrafficDistribution.RULE,
        ShadowedTrafficDistribution.RULE,
        UnseenTiersAtGateway.RULE,
        HintsOfKubeProxy.RULE,
        DisplacedByBackendPolicy.RULE,
        NodeLocalBehindWaypoint.RULE,
        ZoneWithoutReader.RULE,
        GatewayServiceDistribution.RULE);
  }
}
