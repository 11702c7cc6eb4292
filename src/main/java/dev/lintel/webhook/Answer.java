package dev.lintel.webhook;

import dev.lintel.cluster.Snapshot;
import dev.lintel.judge.Verdict;
import dev.lintel.report.Veil;
import java.util.Optional;

/**
 * What is answered to a request.
 *
 * @param decision what came of it
 * @param verdict what was judged; empty if nothing was
 * @param judgedBy the state and the policy that the verdict rests on; empty if nothing was judged
 * @param notice for the author of the object: why nothing was judged, or what a verdict may lack;
 *     empty if there is nothing to be said
 * @param veil what of the verdict the author of the object may read
 */
record Answer(
    Decision decision,
    Optional<Verdict> verdict,
    Optional<Snapshot> judgedBy,
    Optional<String> notice,
    Veil veil) {

  /** Returns the answer that follows from a verdict. */
  static Answer of(Verdict verdict, Snapshot judgedBy, Optional<String> notice, Veil veil) {
    Decision decision =
        switch (verdict.decision()) {
          case "deny" -> Decision.DENY;
          case "warn" -> Decision.WARN;
          default -> Decision.ALLOW;
        };
    return new Answer(decision, Optional.of(verdict), Optional.of(judgedBy), notice, veil);
  }

  /** Returns the answer that allows without a word. */
  static Answer silent(Decision decision) {
    return new Answer(decision, Optional.empty(), Optional.empty(), Optional.empty(), Veil.NONE);
  }

  /** Returns the answer that allows and says why nothing was judged. */
  static Answer unjudged(Decision decision, String notice) {
    return new Answer(decision, Optional.empty(), Optional.empty(), Optional.of(notice), Veil.NONE);
  }

  /** Tells whether the write may go on. */
  boolean isAllowed() {
    return decision != Decision.DENY;
  }
}
