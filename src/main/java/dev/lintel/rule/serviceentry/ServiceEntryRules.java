package dev.lintel.rule.serviceentry;

import dev.lintel.rule.Rule;
import java.util.List;

/** The rules of the ServiceEntry family. */
public final class ServiceEntryRules {

  private ServiceEntryRules() {}

  /** Returns the family's rules, by code. */
  public static List<Rule> all() {
    return List.of(
        UnusableGatewayBackend.RULE,
        DynamicDnsWithoutWaypoint.RULE,
        EntryWithoutVip.RULE,
        WildcardHost.RULE,
        IneffectiveExportTo.RULE,
        DuplicateHost.RULE,
        HostOfService.RULE,
        ConflictingProtocols.RULE,
        StaticEndpointWithoutIp.RULE,
        ExcludedEntry.RULE,
        SelectorWithoutLabels.RULE,
        HiddenEntry.RULE,
        SeveralHosts.RULE,
        UnseenWorkloadLabels.RULE);
  }
}
