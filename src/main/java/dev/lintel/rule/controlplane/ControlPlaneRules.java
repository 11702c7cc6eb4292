package dev.lintel.rule.controlplane;

import dev.lintel.rule.Rule;
import java.util.List;

/** The rules of the control plane family. */
public final class ControlPlaneRules {

  private ControlPlaneRules() {}

  /** Returns the family's rules, by code. */
  public static List<Rule> all() {
    return List.of(EjectionForDynamicDns.RULE, LocalityOfScatteredDns.RULE);
  }
}
