package dev.lintel.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Says on one line how far a command is, once it takes longer than a person likes to wait without a
 * word. The line is gone when the command is done.
 */
final class Ticker implements AutoCloseable {

  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(2);
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);
  private static final String CLEAR = "\r\033[K";

  private final PrintWriter err;
  private final boolean isShown;
  private final LongSupplier clock;
  private long next;
  private boolean isWritten;

  /**
   * Creates a ticker.
   *
   * @param isShown whether anybody watches
   * @param clock tells the time in nanoseconds
   */
  Ticker(PrintWriter err, boolean isShown, LongSupplier clock) {
    this.err = err;
    this.isShown = isShown;
    this.clock = clock;
    this.next = clock.getAsLong() + PATIENCE;
  }

  /** Says how far it is, unless it has said so a moment ago. */
  void at(String doing, int done, int total, String what) {
    at(() -> String.format(Locale.ROOT, "%s %,d of %,d %s", doing, done, total, what));
  }

  /** Says what it is told, unless it has said something a moment ago. */
  void at(Supplier<String> line) {
    if (isShown && clock.getAsLong() - next >= 0) {
      next = clock.getAsLong() + PAUSE;
      isWritten = true;
      err.print(CLEAR + line.get());
      err.flush();
    }
  }

  @Override
  public void close() {
    if (isWritten) {
      err.print(CLEAR);
      err.flush();
      isWritten = false;
    }
  }
}
