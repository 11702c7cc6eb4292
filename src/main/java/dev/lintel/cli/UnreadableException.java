package dev.lintel.cli;

import java.util.List;

/** An input cannot be read. */
final class UnreadableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message which input, where in it, and what is wrong
   */
  UnreadableException(String message) {
    super(message);
  }

  /** Passes on what a reader said, which names the place. */
  static UnreadableException of(Exception cause) {
    return new UnreadableException(String.valueOf(cause.getMessage()));
  }

  /** Passes on several problems, a line for each. */
  static UnreadableException of(List<String> problems) {
    return new UnreadableException(String.join(System.lineSeparator() + "lintel: ", problems));
  }
}
