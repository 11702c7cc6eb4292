package dev.lintel.sample;

/** A sample cannot be read. */
public final class MalformedSampleException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message which file, where in it where that is known, and what is wrong
   */
  MalformedSampleException(String message) {
    super(message);
  }

  /** Passes on what a reader said, which names the place. */
  static MalformedSampleException of(Exception cause) {
    return new MalformedSampleException(String.valueOf(cause.getMessage()));
  }
}
