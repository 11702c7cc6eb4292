package dev.lintel.fuzz;

import java.util.List;

/** Something that takes what anybody may send, and what must hold whatever that is. */
interface Target {

  /** Returns inputs to start from: what honest users send. */
  List<byte[]> seeds();

  /** Returns words of the language that the inputs are written in. */
  List<String> words();

  /**
   * Does with an input what is done in earnest.
   *
   * @throws RuntimeException if something breaks: an input that cannot be read does not
   */
  void take(byte[] input);

  /**
   * Takes an input and looks at what comes of it.
   *
   * @throws AssertionError if something does not hold that must
   */
  void check(byte[] input);
}
