package dev.lintel.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/**
 * What holds for every target: it does not break, and what it allocates grows with the input and
 * not faster.
 */
final class Checks {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** One input in so many is also taken in large. */
  private static final int RARELY = 64;

  private static final int LARGE = 32 << 10;
  private static final double MAX_GROWTH = 2.5;
  private static final long SLACK = 2 << 20;

  private final Target target;

  Checks(Target target) {
    this.target = target;
  }

  /** Checks an input, and now and then what it costs in large. */
  void check(byte[] input) {
    target.check(input);
    if (Math.floorMod(Arrays.hashCode(input), RARELY) == 0) {
      checkCost(input);
    }
  }

  /**
   * Repeats a part of the input until it is large, and twice as large.
   *
   * @throws AssertionError if the larger one costs more than it may
   */
  void checkCost(byte[] input) {
    Growing growing = Growing.of(input);
    long once = allocated(growing.ofSize(LARGE));
    long twice = allocated(growing.ofSize(2 * LARGE));
    if (twice > MAX_GROWTH * once + SLACK) {
      throw new AssertionError(
          "twice the input costs %,d bytes, the input %,d: %s".formatted(twice, once, growing));
    }
  }

  private long allocated(byte[] input) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    target.take(input);
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
