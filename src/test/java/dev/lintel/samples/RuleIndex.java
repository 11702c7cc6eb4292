package dev.lintel.samples;

import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.resource.Kind;
import dev.lintel.rule.Family;
import dev.lintel.rule.RuleInfo;
import java.util.List;
import java.util.stream.Collectors;

/** Writes the list of all rules, from the catalogue. */
final class RuleIndex {

  private static final String HEAD =
      """
      # Rules

      Every rule has a page that shows what it is about, what happens on the wire, and how to fix it. In a policy a rule is called by its
      name or its code. Its default action is the most that a finding asks for: where a fact is not known, or another object may arrive
      a moment later, a finding of a rule that denies only warns.

      A page's example is judged in the cluster that it names: set-ups of [the samples](../../src/test/resources/rules/_clusters) and what the page
      adds to them. Before brings the finding, and after the fix nothing is left to say.

      `make docs` writes this page from the catalogue.
      """;

  private RuleIndex() {}

  static String of(RuleCatalogue catalogue) {
    StringBuilder page = new StringBuilder(HEAD);
    for (Family family : Family.values()) {
      List<RuleInfo> rules =
          catalogue.rules().stream()
              .map(rule -> rule.info())
              .filter(info -> info.family() == family)
              .toList();
      if (!rules.isEmpty()) {
        page.append("\n## ").append(family.title()).append("\n\n");
        page.append("| code | name | default | judges | in short |\n|---|---|---|---|---|\n");
        rules.forEach(info -> page.append(row(info)));
      }
    }
    return page.toString();
  }

  private static String row(RuleInfo info) {
    return "| [%1$s](%1$s.md) | %2$s | %3$s | %4$s | %5$s |\n"
        .formatted(
            info.code(),
            info.name(),
            info.defaultAction().word(),
            info.subjects().stream()
                .sorted()
                .map(Kind::objectKind)
                .collect(Collectors.joining(", ")),
            info.summary());
  }
}
