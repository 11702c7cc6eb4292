package dev.lintel.cli;

import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.rule.Impact;
import dev.lintel.rule.Rule;
import dev.lintel.rule.RuleInfo;
import dev.lintel.rule.Spelling;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.Stream;

/** What people call rules; as a list, the codes of all, for the completion of words in a shell. */
final class RuleNames implements Iterable<String> {

  /** Returns the rule with a code or a name, however it is spelt. */
  static Optional<RuleInfo> find(RuleCatalogue catalogue, String word) {
    return Stream.concat(catalogue.rules().stream().map(Rule::info), Stream.of(Impact.INFO))
        .filter(
            rule ->
                Spelling.isSameWord(word, rule.code()) || Spelling.isSameWord(word, rule.name()))
        .findFirst();
  }

  @Override
  public Iterator<String> iterator() {
    return RuleCatalogue.complete().rules().stream().map(Rule::info).map(i -> i.code()).iterator();
  }
}
