package dev.lintel.webhook;

/** A request body that is no admission review, and therefore cannot be answered as one. */
final class MalformedReviewException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String problem;

  /**
   * Creates the exception.
   *
   * @param message names the place and what is wrong there, as one line
   */
  MalformedReviewException(String message) {
    super(message);
    this.problem = message;
  }

  /** Returns the place and what is wrong there. */
  String problem() {
    return problem;
  }
}
