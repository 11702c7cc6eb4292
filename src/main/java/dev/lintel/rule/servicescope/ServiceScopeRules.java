package dev.lintel.rule.servicescope;

import dev.lintel.rule.Rule;
import java.util.List;

/** The service scope family. */
public final class ServiceScopeRules {

  private ServiceScopeRules() {}

  /** Returns the family's rules, by code. */
  public static List<Rule> all() {
    return List.of(
        new ScopeAsAnnotation(),
        new UnknownServiceScope(),
        new ContradictingScopePlaces(),
        new TakeoverWithoutPeering(),
        new ScopeAgainstNamespace(),
        new LegacyServiceScope(),
        new TakeoverBehindWaypoint(),
        new SegmentScopeWithoutSegment(),
        new GlobalExternalName(),
        new ScopeOfOtherDistribution());
  }
}
