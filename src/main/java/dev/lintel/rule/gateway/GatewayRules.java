package dev.lintel.rule.gateway;

import dev.lintel.rule.Rule;
import java.util.List;

/** The rules of the Gateway family. */
public final class GatewayRules {

  private GatewayRules() {}

  /** Returns the family's rules, by code. */
  public static List<Rule> all() {
    return List.of(GatewayNameTaken.RULE);
  }
}
