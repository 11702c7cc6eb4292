package dev.lintel.assertion;

import java.util.List;

/** Whether a claim is so of a path. */
sealed interface Answer {

  /**
   * It is so.
   *
   * @param assumed what that rests on that is taken for granted, in clauses
   */
  record Kept(List<String> assumed) implements Answer {
    /** It is, whatever is taken for granted. */
    Kept() {
      this(List.of());
    }
  }

  /**
   * It is not so.
   *
   * @param why what is so instead, as a clause
   */
  record Breached(String why) implements Answer {}

  /**
   * It cannot be told.
   *
   * @param reason what is not known, as a clause
   */
  record Open(String reason) implements Answer {}
}
