package dev.lintel.topology;

import dev.lintel.mesh.Fact;
import dev.lintel.resource.BackendConfigPolicy;
import dev.lintel.resource.DestinationRule;

/** What takes the place of a traffic distribution at one who picks (docs/domain.md, 1.3). */
public sealed interface Displacement {

  /** {@code internalTrafficPolicy: Local}: only endpoints of the picker's own node are left. */
  record ByNodeLocality() implements Displacement {}

  /**
   * Zone awareness of a BackendConfigPolicy: kgateway then takes the mode for Any.
   *
   * @param policy the policy
   */
  record ByBackendPolicy(BackendConfigPolicy policy) implements Displacement {}

  /**
   * Locality load balancing of a DestinationRule.
   *
   * @param rule the rule
   * @param override what of it does so
   * @param applies whether the picker applies the rule: never a No
   */
  record ByRule(DestinationRule rule, LocalityOverride override, Fact applies)
      implements Displacement {}

  /** Tells whether it certainly takes the place. */
  default boolean isCertain() {
    return switch (this) {
      case ByNodeLocality local -> true;
      case ByBackendPolicy policy -> true;
      case ByRule rule -> rule.applies().isYes();
    };
  }
}
