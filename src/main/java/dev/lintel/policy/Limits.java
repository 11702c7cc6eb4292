package dev.lintel.policy;

/**
 * Bounds on what one answer costs and says.
 *
 * @param dependents how many other objects are looked at for one write, 0 to {@value
 *     #MAX_DEPENDENTS}
 * @param warnings how many warnings one answer has, 1 to {@value #MAX_WARNINGS}
 * @param bodyKib how large a request may be, in KiB, {@value #MIN_BODY_KIB} to {@value
 *     #MAX_BODY_KIB}
 */
public record Limits(int dependents, int warnings, int bodyKib) {

  static final int MAX_DEPENDENTS = 1000;
  static final int MAX_WARNINGS = 20;

  /** 1 MiB: with less, ordinary objects would not be judged any more. */
  static final int MIN_BODY_KIB = 1 << 10;

  /** 7 MiB: the API server takes objects of up to 3 MiB, and a review may hold two. */
  static final int MAX_BODY_KIB = 7 << 10;

  /** What counts where the document does not say. */
  public static final Limits DEFAULT = new Limits(50, 5, MAX_BODY_KIB);
}
