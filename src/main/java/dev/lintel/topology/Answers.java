package dev.lintel.topology;

import dev.lintel.resource.Resource;
import dev.lintel.resource.ResourceRef;
import java.util.List;
import java.util.function.Supplier;

/** What a topology does with an answer that took some work: nothing, or keep it for the next. */
interface Answers {

  /** For a topology that threads share: every question is answered anew. */
  Answers NOT_KEPT =
      new Answers() {
        @Override
        public <T> T once(Object question, Supplier<T> answer) {
          return answer.get();
        }

        @Override
        public void work(int steps) {}

        @Override
        public void cut(String what) {}

        @Override
        public boolean isWritten(Resource resource) {
          return false;
        }

        @Override
        public List<String> cuts() {
          return List.of();
        }
      };

  /** Returns answers that are kept while a write of an object is judged. */
  static Answers ofJudgement(ResourceRef written) {
    return new KeptAnswers(written);
  }

  /**
   * Returns the answer to a question.
   *
   * @param question tells it from every other, of whatever kind
   * @param answer works it out
   */
  <T> T once(Object question, Supplier<T> answer);

  /**
   * Counts objects, or parts of objects, that are looked at.
   *
   * @throws TooMuchWorkException if there have been too many of them
   */
  void work(int steps);

  /** Remembers that something was left out. */
  void cut(String what);

  /** Tells whether an object is the one whose write is judged, which is never left out. */
  boolean isWritten(Resource resource);

  /** Returns what was left out, in words. */
  List<String> cuts();
}
