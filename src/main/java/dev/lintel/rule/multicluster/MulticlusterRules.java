package dev.lintel.rule.multicluster;

import dev.lintel.rule.Rule;
import java.util.List;

/** The rules of the multicluster family. */
public final class MulticlusterRules {

  private MulticlusterRules() {}

  /** Returns the family's rules, by code. */
  public static List<Rule> all() {
    return List.of(
        GlobalServiceRoutedLocally.RULE,
        RuleForLocalHost.RULE,
        HostOfReplacedDomain.RULE,
        GlobalServiceBehindLocalWaypoint.RULE,
        LocalServiceBehindGlobalWaypoint.RULE,
        GlobalHostWithoutHealth.RULE,
        EntryOfPeering.RULE,
        GlobalHostLost.RULE,
        NamespaceSettingMissesGlobalHost.RULE,
        GlobalServiceBehindPlainReference.RULE,
        GlobalHostAtOpenSourceGateway.RULE);
  }
}
