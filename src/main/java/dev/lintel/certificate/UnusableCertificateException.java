package dev.lintel.certificate;

/** A certificate and its key that no server can use; the message says where they stand. */
public final class UnusableCertificateException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Creates the exception for what cannot be read. */
  public UnusableCertificateException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Creates the exception for what can be read, and is of no use. */
  public UnusableCertificateException(String message) {
    super(message);
  }
}
