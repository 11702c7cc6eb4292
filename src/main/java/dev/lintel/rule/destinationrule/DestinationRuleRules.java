package dev.lintel.rule.destinationrule;

import dev.lintel.rule.Rule;
import java.util.List;

/** The DestinationRule family. */
public final class DestinationRuleRules {

  private DestinationRuleRules() {}

  /** Returns the family's rules, by code. */
  public static List<Rule> all() {
    return List.of(
        RuleBehindVip.RULE,
        RuleWithoutReader.RULE,
        HostNotLiteral.RULE,
        DottedShortName.RULE,
        ShortNameElsewhere.RULE,
        HiddenRule.RULE,
        NotExportedToReader.RULE,
        NamespaceNotSearched.RULE,
        SelectorAtWaypoint.RULE,
        IgnoredAtGateway.RULE,
        UnusedSubsets.RULE,
        TlsAtWaypoint.RULE,
        FailoverWithoutOutlierDetection.RULE,
        FixedWeights.RULE,
        LocalityOff.RULE,
        ImplicitLocality.RULE,
        TooFewToEject.RULE,
        VipEjection.RULE,
        DroppedByPort.RULE,
        DisplacedPolicy.RULE,
        ZoneAwareAtWaypoint.RULE,
        RuleForGatewayItself.RULE,
        LabelsNobodyCarries.RULE,
        EntryWithoutIntegration.RULE,
        IgnoredAtWaypoint.RULE,
        ConsecutiveErrorsOnly.RULE,
        PanicAtWaypoint.RULE,
        PolicyForMissingPort.RULE,
        LocalityOfAMode.RULE,
        LostSubsets.RULE,
        SwallowedRule.RULE);
  }
}
