package dev.lintel.rule.multicluster;

import dev.lintel.rule.Rule;
import java.util.List;

/** The rules of the multicluster family. */
public final class MulticlusterRules {

  private MulticlusterRules() {}

  /** Returns the family's rules, by code. */
  public static List<Rule> all() {
    return List.of(
        new GlobalServiceRoutedLocally(),
        new RuleForLocalHost(),
        new HostOfReplacedDomain(),
        new GlobalServiceBehindLocalWaypoint(),
        new LocalServiceBehindGlobalWaypoint(),
        new GlobalHostWithoutHealth(),
        new EntryOfPeering(),
        new GlobalHostLost(),
        new NamespaceSettingMissesGlobalHost(),
        new GlobalServiceBehindPlainReference(),
        new GlobalHostAtOpenSourceGateway());
  }
}
