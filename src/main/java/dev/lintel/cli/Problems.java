package dev.lintel.cli;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with inputs, so that all of it is told at once. */
final class Problems {

  private final List<String> found = new ArrayList<>();

  /** Takes note of what a reader said, which names the place. */
  void add(Exception problem) {
    add(String.valueOf(problem.getMessage()));
  }

  /** Takes note of a problem. */
  void add(String problem) {
    found.add(problem);
  }

  /** Returns what has been noted. */
  List<String> found() {
    return List.copyOf(found);
  }

  /**
   * Goes on if there is none.
   *
   * @throws UnreadableException if there is any; the message has them all
   */
  void check() {
    if (!found.isEmpty()) {
      throw UnreadableException.of(found);
    }
  }
}
