package dev.lintel.webhook;

import java.util.function.BooleanSupplier;

/** Knows what is answered to a request. */
interface Answerer {

  /**
   * Answers a request.
   *
   * @param isOverdue asked while judging; once true, judging stops
   */
  Answer answer(AdmissionRequest request, BooleanSupplier isOverdue);
}
