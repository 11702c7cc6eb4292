package dev.lintel.webhook;

import java.util.function.BooleanSupplier;

/** Answers reviews of one sort. Nothing it does waits for anything. */
interface Reviewer {

  /**
   * Answers a review. Whatever goes wrong inside Lintel, there is an answer.
   *
   * @param body the review as it came
   * @param isOverdue asked while judging; once true, judging stops
   */
  Reply review(byte[] body, BooleanSupplier isOverdue);

  /**
   * Answers a review that is not judged: the write goes on, and its author is told.
   *
   * @param head what stands before the objects in the review
   */
  Reply unjudged(AdmissionRequest head, Decision decision, String notice);

  /** Counts and logs what was answered, once for each review. */
  void answered(Reply reply, Deadline deadline);
}
