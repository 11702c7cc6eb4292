package dev.lintel.resource;

/**
 * An object that cannot be read: its text is not JSON, or a field has a type that it must not have.
 */
public final class MalformedObjectException extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message says what is wrong and where, as one line for the author of the object
   */
  public MalformedObjectException(String message) {
    super(oneLine(message));
  }

  /**
   * Creates the exception.
   *
   * @param message says what is wrong and where, as one line for the author of the object
   * @param cause what the parser said
   */
  public MalformedObjectException(String message, Throwable cause) {
    super(oneLine(message), cause);
  }

  /** Messages repeat what stands in the object, whatever that is. */
  private static String oneLine(String message) {
    StringBuilder line = new StringBuilder(message);
    for (int i = 0; i < line.length(); i++) {
      if (Character.isISOControl(line.charAt(i))) {
        line.setCharAt(i, ' ');
      }
    }
    return line.toString();
  }
}
