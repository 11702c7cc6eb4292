package dev.lintel.rule.destinationrule;

import dev.lintel.rule.Rule;
import java.util.List;

/** The DestinationRule family. */
public final class DestinationRuleRules {

  private DestinationRuleRules() {}

  /** Returns the family's rules, by code. */
  public static List<Rule> all() {
    return List.of(
        new RuleBehindVip(),
        new RuleWithoutReader(),
        new HostNotLiteral(),
        new DottedShortName(),
        new ShortNameElsewhere(),
        new HiddenRule(),
        new NotExportedToReader(),
        new NamespaceNotSearched(),
        new SelectorAtWaypoint(),
        new IgnoredAtGateway(),
        new UnusedSubsets(),
        new TlsAtWaypoint(),
        new FailoverWithoutOutlierDetection(),
        new FixedWeights(),
        new LocalityOff(),
        new ImplicitLocality(),
        new TooFewToEject(),
        new VipEjection(),
        new DroppedByPort(),
        new DisplacedPolicy(),
        new ZoneAwareAtWaypoint(),
        new RuleForGatewayItself(),
        new LabelsNobodyCarries(),
        new EntryWithoutIntegration(),
        new IgnoredAtWaypoint(),
        new ConsecutiveErrorsOnly(),
        new PanicAtWaypoint(),
        new PolicyForMissingPort());
  }
}
