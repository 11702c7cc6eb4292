package dev.lintel.topology;

/**
 * More depends on an object than is looked at for one write. Whoever judges says so; what was found
 * before still holds.
 */
public final class TooMuchWorkException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  TooMuchWorkException() {
    super("more objects than are looked at for one write", null, false, false);
  }
}
