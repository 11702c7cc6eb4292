package dev.lintel.rule.trafficdistribution;

import dev.lintel.rule.Rule;
import java.util.List;

/** The traffic distribution family. */
public final class TrafficDistributionRules {

  private TrafficDistributionRules() {}

  /** Returns the family's rules, by code. */
  public static List<Rule> all() {
    return List.of(
        new UnknownTrafficDistribution(),
        new MisreadTrafficDistribution(),
        new ContradictingTrafficDistribution(),
        new RejectedTrafficDistribution(),
        new UninheritedTrafficDistribution(),
        new PassthroughTrafficDistribution(),
        new UnaddressedTrafficDistribution(),
        new NodeLocalTrafficDistribution(),
        new GeneratedTrafficDistribution(),
        new MissingLocality(),
        new UnreadyEndpointsInUse(),
        new NodeBoundIngress(),
        new DeprecatedTrafficDistribution(),
        new ShadowedTrafficDistribution(),
        new UnseenTiersAtGateway(),
        new HintsOfKubeProxy(),
        new DisplacedByBackendPolicy(),
        new NodeLocalBehindWaypoint(),
        new GatewayServiceDistribution());
  }
}
