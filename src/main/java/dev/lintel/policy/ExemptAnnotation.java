package dev.lintel.policy;

import dev.lintel.rule.RuleInfo;
import java.util.Optional;

/**
 * Reads {@code lintel.dev/exempt}: {@code "DR-003: reason"}, several separated by semicolons or
 * lines. One without a reason does not count.
 */
final class ExemptAnnotation {

  private ExemptAnnotation() {}

  /** Returns the reason that an object gives for being exempt from a rule. */
  static Optional<String> reason(String text, RuleInfo rule) {
    for (String part : text.split("[;\n]", -1)) {
      int colon = part.indexOf(':');
      String name = colon < 0 ? "" : part.substring(0, colon).strip();
      String reason = part.substring(colon + 1).strip();
      if ((name.equals(rule.code()) || name.equals(rule.name())) && !reason.isEmpty()) {
        return Optional.of(reason + " (annotation lintel.dev/exempt)");
      }
    }
    return Optional.empty();
  }
}
