package dev.lintel.explain;

import dev.lintel.mesh.Fact;
import java.util.Locale;

/**
 * Something that decides what happens, and how sure it is.
 *
 * @param text a clause without a full stop
 * @param certainty how sure it is
 */
public record Statement(String text, Certainty certainty) {

  /** How sure a statement is. */
  public enum Certainty {
    /** The snapshot, or the policy, says so. */
    KNOWN,
    /** It is taken for granted: what the component does by default, or what is inferred. */
    ASSUMED,
    /** It cannot be known from the snapshot. */
    UNKNOWN;

    /** Returns the word that reports use. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Returns a statement that is known. */
  static Statement known(String text) {
    return new Statement(text, Certainty.KNOWN);
  }

  /** Returns a statement that is taken for granted. */
  static Statement assumed(String text) {
    return new Statement(text, Certainty.ASSUMED);
  }

  /** Returns a statement that says what is not known. */
  static Statement unknown(String text) {
    return new Statement(text, Certainty.UNKNOWN);
  }

  /**
   * Returns what a fact states; a reason follows in brackets.
   *
   * @param yes the clause if it is so
   * @param no the clause if it is not
   * @param unknown the clause if that is not known
   */
  static Statement of(Fact fact, String yes, String no, String unknown) {
    return switch (fact) {
      case Fact.Yes assumed when !assumed.reason().isEmpty() ->
          assumed(with(yes, assumed.reason()));
      case Fact.Yes known -> known(yes);
      case Fact.No known -> known(with(no, known.reason()));
      case Fact.Unknown open -> unknown(with(unknown, open.reason()));
    };
  }

  private static String with(String text, String reason) {
    return reason.isEmpty() ? text : "%s (%s)".formatted(text, reason);
  }
}
