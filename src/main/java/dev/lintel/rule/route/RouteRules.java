package dev.lintel.rule.route;

import dev.lintel.rule.Rule;
import java.util.List;

/** The rules of the route family. */
public final class RouteRules {

  private RouteRules() {}

  /** Returns the family's rules, by code. */
  public static List<Rule> all() {
    return List.of(
        MistypedReference.RULE,
        MissingPort.RULE,
        UngrantedReference.RULE,
        UnwatchedNamespace.RULE,
        RouteToExternalName.RULE);
  }
}
