package dev.lintel.rule.servicescope;

import dev.lintel.rule.Rule;
import java.util.List;

/** The service scope family. */
public final class ServiceScopeRules {

  private ServiceScopeRules() {}

  /** Returns the family's rules, by code. */
  public static List<Rule> all() {
    return List.of(
        ScopeAsAnnotation.RULE,
        UnknownServiceScope.RULE,
        ContradictingScopePlaces.RULE,
        TakeoverWithoutPeering.RULE,
        ScopeAgainstNamespace.RULE,
        LegacyServiceScope.RULE,
        TakeoverBehindWaypoint.RULE,
        SegmentScopeWithoutSegment.RULE,
        GlobalExternalName.RULE,
        ScopeOfOtherDistribution.RULE,
        GlobalLabelSelectsNothing.RULE);
  }
}
