package dev.lintel.rule.knowndefect;

import dev.lintel.rule.Rule;
import java.util.List;

/** The rules of the known defects family. */
public final class KnownDefectRules {

  private KnownDefectRules() {}

  /** Returns the family's rules, by code. */
  public static List<Rule> all() {
    return List.of(FieldWithDefect.RULE);
  }
}
