package dev.lintel.webhook;

import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.judge.Judge;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Makes what knows nothing of injection. */
final class JudgeProvider {

  /** Returns the judge that applies every rule. */
  @Produces
  @Singleton
  Judge judge(Clock clock) {
    return new Judge(RuleCatalogue.complete(), clock);
  }

  /** Returns the clock that tells on which day exemptions must count. */
  @Produces
  @Singleton
  Clock clock() {
    return Clock.systemUTC();
  }
}
