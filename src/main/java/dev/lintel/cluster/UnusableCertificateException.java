package dev.lintel.cluster;

/** A certificate and its key that no server can use; the message names the file. */
public final class UnusableCertificateException extends Exception {

  private static final long serialVersionUID = 1L;

  UnusableCertificateException(String message, Throwable cause) {
    super(message, cause);
  }

  UnusableCertificateException(String message) {
    super(message);
  }
}
