package dev.lintel.mesh;

/**
 * Something that is true, false, or not known for a reason. What is not known, or only assumed,
 * never denies a write.
 */
public sealed interface Fact {

  /**
   * It is so, or is taken to be so.
   *
   * @param reason why it is assumed, as part of a sentence; empty where it is known
   */
  record Yes(String reason) implements Fact {}

  /**
   * It is not so.
   *
   * @param reason why, as part of a sentence; empty where there is nothing to say
   */
  record No(String reason) implements Fact {}

  /**
   * It cannot be known.
   *
   * @param reason why, as part of a sentence
   */
  record Unknown(String reason) implements Fact {}

  /** Returns a true fact. */
  static Fact yes() {
    return new Yes("");
  }

  /** Returns a fact that is taken to be true, and says why. */
  static Fact assumed(String reason) {
    return new Yes(reason);
  }

  /** Returns a false fact. */
  static Fact no() {
    return new No("");
  }

  /** Returns a false fact that says why. */
  static Fact no(String reason) {
    return new No(reason);
  }

  /** Returns an unknown fact that says why. */
  static Fact unknown(String reason) {
    return new Unknown(reason);
  }

  /** Returns a known fact. */
  static Fact of(boolean value) {
    return value ? yes() : no();
  }

  /** Tells whether it is so, known or assumed. */
  default boolean isYes() {
    return this instanceof Yes;
  }

  /** Tells whether it is taken to be so, and not known. */
  default boolean isAssumed() {
    return this instanceof Yes yes && !yes.reason().isEmpty();
  }

  /** Tells whether it is known not to be so. */
  default boolean isNo() {
    return this instanceof No;
  }

  /** Tells whether it is not known. */
  default boolean isUnknown() {
    return this instanceof Unknown;
  }

  /** Returns the reason of a false, assumed or unknown fact; empty if there is none. */
  default String reason() {
    return switch (this) {
      case Yes yes -> yes.reason();
      case No no -> no.reason();
      case Unknown unknown -> unknown.reason();
    };
  }
}
