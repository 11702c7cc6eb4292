package dev.lintel.rule.serviceentry;

import dev.lintel.rule.Rule;
import java.util.List;

/** The rules of the ServiceEntry family. */
public final class ServiceEntryRules {

  private ServiceEntryRules() {}

  /** Returns the family's rules, by code. */
  public static List<Rule> all() {
    return List.of(
        new UnusableGatewayBackend(),
        new DynamicDnsWithoutWaypoint(),
        new EntryWithoutVip(),
        new WildcardHost(),
        new IneffectiveExportTo(),
        new DuplicateHost(),
        new HostOfService(),
        new ConflictingProtocols(),
        new StaticEndpointWithoutIp());
  }
}
