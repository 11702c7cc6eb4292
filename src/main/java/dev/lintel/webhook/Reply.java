package dev.lintel.webhook;

import java.util.Optional;

/** What goes back over HTTP. */
sealed interface Reply {

  /** Returns the status code. */
  int status();

  /** Returns the body: JSON in UTF-8, not to be changed. */
  byte[] body();

  /**
   * The answer to a review.
   *
   * @param request what was asked
   * @param answer what is answered; empty if it was about the policy
   * @param body the answer as the API server reads it
   */
  @SuppressWarnings("ArrayRecordComponent") // written once and never compared
  record Reviewed(AdmissionRequest request, Optional<Answer> answer, byte[] body) implements Reply {
    @Override
    public int status() {
      return 200;
    }
  }

  /**
   * A refusal to answer.
   *
   * @param status the status code, 400 or more
   * @param reason the code's name in the Kubernetes API
   * @param message says why
   */
  record Refused(int status, String reason, String message) implements Reply {

    static final Refused BUSY =
        new Refused(429, "TooManyRequests", "lintel has too much under way; ask again");
    static final Refused TOO_SLOW =
        new Refused(408, "Timeout", "the review did not arrive in time");
    static final Refused TOO_LATE =
        new Refused(503, "ServiceUnavailable", "there was no time left to judge the review");

    /** Returns the refusal of a review that is larger than a limit, in bytes. */
    static Refused tooLarge(int limit) {
      String size = limit % (1 << 20) == 0 ? (limit >> 20) + " MiB" : (limit >> 10) + " KiB";
      return new Refused(413, "RequestEntityTooLarge", "the review is larger than " + size);
    }

    /** Returns the refusal of what is no review. */
    static Refused malformed(MalformedReviewException e) {
      return new Refused(400, "BadRequest", e.problem());
    }

    @Override
    public byte[] body() {
      return ReviewWriter.refusal(status, reason, message);
    }
  }
}
