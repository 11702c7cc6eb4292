package dev.lintel.cluster;

import java.io.IOException;

/** The API server has answered, and does not give what was asked for. */
final class RefusedException extends IOException {

  private static final long serialVersionUID = 1L;

  static final int UNAUTHORIZED = 401;
  static final int FORBIDDEN = 403;
  static final int NOT_FOUND = 404;
  static final int CONFLICT = 409;
  static final int GONE = 410;

  private final int code;

  /**
   * Creates the exception.
   *
   * @param code HTTP's status code, which is also that of a {@code Status} object
   * @param message the reason as the API server words it
   */
  RefusedException(int code, String message) {
    super(message);
    this.code = code;
  }

  /** Returns HTTP's status code. */
  int code() {
    return code;
  }
}
