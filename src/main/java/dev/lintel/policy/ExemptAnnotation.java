package dev.lintel.policy;

import dev.lintel.rule.RuleInfo;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads {@code lintel.dev/exempt}: {@code "DR-003: reason"}, several separated by semicolons or
 * lines. One without a reason does not count.
 */
final class ExemptAnnotation {

  private ExemptAnnotation() {}

  /** Returns the reason that an object gives for being exempt from a rule. */
  static Optional<String> reason(String text, RuleInfo rule) {
    return reasons(text, rule)
        .filter(reason -> !reason.isEmpty())
        .findFirst()
        .map(reason -> reason + " (annotation lintel.dev/exempt)");
  }

  /**
   * Returns why what an object says of a rule does not count; empty if it says nothing of it.
   *
   * @param allowed the codes of the rules that an object may be exempted from by its annotation
   */
  static Optional<String> unheeded(String text, RuleInfo rule, Set<String> allowed) {
    return reasons(text, rule)
        .findFirst()
        .map(
            reason ->
                allowed.contains(rule.code())
                    ? "its annotation lintel.dev/exempt gives no reason"
                    : "its annotation lintel.dev/exempt does not count: the policy's"
                        + " annotations.allow does not list "
                        + rule.code());
  }

  private static Stream<String> reasons(String text, RuleInfo rule) {
    return Stream.of(text.split("[;\n]", -1))
        .filter(
            part -> {
              int colon = part.indexOf(':');
              String name = (colon < 0 ? part : part.substring(0, colon)).strip();
              return name.equals(rule.code()) || name.equals(rule.name());
            })
        .map(part -> part.indexOf(':') < 0 ? "" : part.substring(part.indexOf(':') + 1).strip());
  }
}
