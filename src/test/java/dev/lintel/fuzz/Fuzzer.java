package dev.lintel.fuzz;

import java.util.Locale;

/** The entry of Jazzer, which finds its methods by their names. */
public final class Fuzzer {

  private static Checks checks;

  private Fuzzer() {}

  /**
   * Chooses the target.
   *
   * @param arguments its name
   */
  public static void fuzzerInitialize(String[] arguments) {
    checks = new Checks(Targets.valueOf(arguments[0].toUpperCase(Locale.ROOT)).make());
  }

  /** Takes one input. */
  public static void fuzzerTestOneInput(byte[] input) {
    checks.check(input);
  }
}
