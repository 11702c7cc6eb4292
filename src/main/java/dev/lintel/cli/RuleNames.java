package dev.lintel.cli;

import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.rule.Rule;
import java.util.Iterator;

/** The codes of all rules, for the completion of words in a shell. */
final class RuleNames implements Iterable<String> {

  @Override
  public Iterator<String> iterator() {
    return RuleCatalogue.complete().rules().stream().map(Rule::info).map(i -> i.code()).iterator();
  }
}
