package dev.lintel.cluster;

/**
 * How much may be said in a while, because strangers decide how much there is to say. What is left
 * out is counted.
 */
final class Budget {

  private final int most;
  private int used;
  private long leftOut;

  /**
   * Begins with a full budget.
   *
   * @param most how often something may be said before the next {@link #renew}
   */
  Budget(int most) {
    this.most = most;
  }

  /** Tells whether something may be said, and counts it either way. */
  synchronized boolean take() {
    if (used < most) {
      used++;
      return true;
    }
    leftOut++;
    return false;
  }

  /** Fills the budget again, and returns how much was left out since the last time. */
  synchronized long renew() {
    long before = leftOut;
    used = 0;
    leftOut = 0;
    return before;
  }
}
