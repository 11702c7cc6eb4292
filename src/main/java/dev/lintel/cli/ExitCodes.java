package dev.lintel.cli;

/** What the process ends with; the numbers above 63 are those of BSD's {@code sysexits.h}. */
final class ExitCodes {

  /** The command did what it was asked, and there is nothing to be said. */
  static final int OK = 0;

  /** The command line is wrong. */
  static final int USAGE = 64;

  /** A file cannot be read, or does not hold what it should. */
  static final int UNREADABLE = 65;

  /** Lintel failed. */
  static final int INTERNAL = 70;

  /** There are findings at or above the threshold, or differences. */
  static final int FINDINGS = 79;

  private ExitCodes() {}
}
