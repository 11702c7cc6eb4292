package dev.lintel.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.rule.Rule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A catalogue that contradicts itself is not built. */
class RuleCatalogueTest {

  @Test
  void aRuleYieldsToRulesOfTheCatalogueOnly() {
    assertThatThrownBy(() -> new RuleCatalogue(List.of(rule("DR-101", "DR-102"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("DR-101 yields to an unknown rule: DR-102");
  }

  @Test
  void rulesDoNotYieldToEachOther() {
    List<Rule> circle =
        List.of(rule("DR-101", "DR-102"), rule("DR-102", "DR-103"), rule("DR-103", "DR-101"));
    assertThatThrownBy(() -> new RuleCatalogue(circle))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rules yield to each other: [DR-101, DR-102, DR-103]");
  }

  @Test
  void noTwoRulesHaveOneName() {
    assertThatThrownBy(() -> new RuleCatalogue(List.of(rule("DR-101"), rule("DR-101"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("two rules are called DR-101");
  }

  @Test
  void theStrongerRulesAreFound() {
    Rule weak = rule("DR-101", "DR-103", "DR-102");
    RuleCatalogue catalogue =
        new RuleCatalogue(List.of(weak, rule("DR-102", "DR-103"), rule("DR-103")));
    assertThat(catalogue.strongerThan(weak).stream().map(Rule::toString))
        .containsExactlyInAnyOrder("DR-102", "DR-103");
  }

  private static Rule rule(String code, String... yieldsTo) {
    return Rule.warns(code, "name-of-" + code)
        .summary("A summary")
        .yieldsTo(yieldsTo)
        .ofDestinationRules((topology, subject) -> Stream.empty());
  }
}
