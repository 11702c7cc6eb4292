package dev.lintel.webhook;

import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.OfService;

/** Makes rules that do something else than to judge. */
final class OddRule {

  private OddRule() {}

  static Rule of(Rule.Check<? super OfService> deed) {
    return Rule.denies("TD-999", "odd")
        .summary("Does something to every Service")
        .ofServices(deed::judge);
  }
}
