package dev.lintel.webhook;

import dev.lintel.judge.Judge;
import dev.lintel.rule.RuleCatalogue;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the judge, which knows nothing of injection. */
final class JudgeProvider {

  /** Returns the judge that applies every rule. */
  @Produces
  @Singleton
  Judge judge() {
    return new Judge(RuleCatalogue.complete());
  }
}
