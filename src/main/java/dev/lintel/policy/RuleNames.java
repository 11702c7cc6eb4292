package dev.lintel.policy;

import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.rule.Action;
import dev.lintel.rule.Impact;
import dev.lintel.rule.Rule;
import dev.lintel.rule.RuleInfo;
import dev.lintel.rule.Spelling;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * How the document names rules: by code or by name, and all of them by an asterisk. A policy has
 * codes only.
 */
record RuleNames(RuleCatalogue catalogue) {

  private static final String EVERY = "*";

  /** Returns the form of what rules do, written by their codes or their names. */
  Form<Map<String, Action>> actions(Function<RuleInfo, String> spelling) {
    return Form.mapOf(rule(Set.of(), spelling), PolicyForm.ACTION);
  }

  /** Returns the form of rules of which none stands for all. */
  Form<Set<String>> noneForAll() {
    return rules(Set.of(), List.of(EVERY));
  }

  /** Returns the form of rules of which none stands for none. */
  Form<Set<String>> noneForNone() {
    return rules(codes(), List.of());
  }

  private Form<Set<String>> rules(Set<String> every, List<String> none) {
    return Form.listOf(rule(Set.of(EVERY), RuleInfo::code), 1)
        .as(
            codes -> codes.contains(EVERY) ? every : Set.copyOf(codes),
            codes -> codes.isEmpty() ? none : List.copyOf(new TreeSet<>(codes)));
  }

  private Form<String> rule(Set<String> others, Function<RuleInfo, String> spelling) {
    Set<String> known = new TreeSet<>(others);
    for (Rule rule : catalogue.rules()) {
      known.add(rule.info().code());
      known.add(rule.info().name());
    }
    known.add(Impact.INFO.code());
    return Form.single(
        Form.keywords("enum", List.copyOf(known)),
        name -> find(name).map(RuleInfo::code).or(() -> Optional.of(name).filter(others::contains)),
        code -> find(code).map(spelling).orElse(code),
        name ->
            "there is no rule `%s`; %s"
                .formatted(
                    Problems.shown(name),
                    Spelling.nearest(name, known)
                        .map(word -> "did you mean `%s`?".formatted(word))
                        .orElse("docs/rules/README.md lists them")));
  }

  private Set<String> codes() {
    Set<String> codes = new TreeSet<>();
    catalogue.rules().forEach(rule -> codes.add(rule.info().code()));
    return codes;
  }

  private Optional<RuleInfo> find(String codeOrName) {
    return codeOrName.equals(Impact.INFO.code())
        ? Optional.of(Impact.INFO)
        : catalogue.find(codeOrName).map(Rule::info);
  }
}
