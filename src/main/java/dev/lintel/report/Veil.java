package dev.lintel.report;

import dev.lintel.judge.Judged;
import dev.lintel.resource.ResourceRef;
import dev.lintel.rule.Finding;

/** What an answer names, and what it only speaks of. */
public interface Veil {

  /** Hides nothing. */
  Veil NONE =
      new Veil() {
        @Override
        public String spoken(ResourceRef ref) {
          return ref.spoken();
        }

        @Override
        public String message(Judged judged) {
          return judged.finding().message();
        }
      };

  /** Names an object, or says only what it is. */
  String spoken(ResourceRef ref);

  /** Returns a finding's message, see {@link Finding#message()}. */
  String message(Judged judged);
}
