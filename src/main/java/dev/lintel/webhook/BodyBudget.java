package dev.lintel.webhook;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * How many bytes of request bodies this process holds at one time. Bytes are reserved before they
 * are read. A part is kept free of large bodies, so that small ones never have to wait for those;
 * and where there is no room, a body that has been on its way for longer than any API server takes
 * to send one makes room for the next.
 */
final class BodyBudget {

  /** Up to this size a body counts as small, in bytes. */
  static final int SMALL = 256 << 10;

  private static final long LEAST = 16L << 20;
  private static final int SHARE_OF_HEAP = 6;
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Lock lock = new ReentrantLock();
  private final Set<Hold> unfinished = new LinkedHashSet<>();
  private final long limit;
  private final long limitOfLarge;
  private final LongSupplier nanoTime;
  private long held;
  private long heldByLarge;

  /**
   * Creates a budget.
   *
   * @param limit how many bytes may be held; a quarter is kept for small bodies
   * @param nanoTime tells the time, in nanoseconds from some origin
   */
  BodyBudget(long limit, LongSupplier nanoTime) {
    this.limit = limit;
    this.limitOfLarge = limit - limit / 4;
    this.nanoTime = nanoTime;
  }

  /** Returns the budget that suits a heap: a sixth of it, and 16 MiB at least. */
  static BodyBudget ofHeap(long bytes) {
    return new BodyBudget(Math.max(LEAST, bytes / SHARE_OF_HEAP), System::nanoTime);
  }

  /**
   * Opens the account of a body that is about to be read; nothing is reserved yet.
   *
   * @param whenEnded called once if the body loses what it holds before it is complete, by any
   *     thread
   */
  Hold open(Runnable whenEnded) {
    Hold hold = new Hold(whenEnded, nanoTime.getAsLong());
    lock.lock();
    try {
      unfinished.add(hold);
    } finally {
      lock.unlock();
    }
    return hold;
  }

  /** Ends every body that is still incomplete after this time. */
  void endOlderThan(Duration age) {
    List<Hold> ended = new ArrayList<>();
    lock.lock();
    try {
      for (Hold hold : List.copyOf(unfinished)) {
        if (!isOlder(hold, age)) {
          break;
        }
        free(hold);
        ended.add(hold);
      }
    } finally {
      lock.unlock();
    }
    ended.forEach(hold -> hold.whenEnded.run());
  }

  /** Returns how many bytes are held. */
  long held() {
    lock.lock();
    try {
      return held;
    } finally {
      lock.unlock();
    }
  }

  private boolean isOlder(Hold hold, Duration age) {
    return nanoTime.getAsLong() - hold.opened > age.toNanos();
  }

  private boolean fits(long more, long moreByLarge) {
    return held + more <= limit && (moreByLarge == 0 || heldByLarge + moreByLarge <= limitOfLarge);
  }

  /** Takes what the longest unfinished body holds that stands in the way; false if none does. */
  private boolean makeRoom(Hold asking, boolean ofLarge, List<Hold> ended) {
    for (Hold hold : unfinished) {
      if (!isOlder(hold, PATIENCE)) {
        return false;
      }
      if (hold != asking && hold.bytes > 0 && (!ofLarge || hold.bytes > SMALL)) {
        free(hold);
        ended.add(hold);
        return true;
      }
    }
    return false;
  }

  private void free(Hold hold) {
    unfinished.remove(hold);
    giveBack(hold);
    hold.isOver = true;
  }

  private void giveBack(Hold hold) {
    held -= hold.bytes;
    if (hold.bytes > SMALL) {
      heldByLarge -= hold.bytes;
    }
    hold.bytes = 0;
  }

  /** What one body holds. */
  final class Hold {

    private final Runnable whenEnded;
    private final long opened;
    private long bytes;
    private boolean isOver;

    private Hold(Runnable whenEnded, long opened) {
      this.whenEnded = whenEnded;
      this.opened = opened;
    }

    /**
     * Reserves more bytes.
     *
     * @return whether they may be read
     */
    boolean grow(long more) {
      List<Hold> ended = new ArrayList<>(0);
      lock.lock();
      try {
        return !isOver && grow(more, ended);
      } finally {
        lock.unlock();
        ended.forEach(hold -> hold.whenEnded.run());
      }
    }

    /**
     * The body is complete. What it holds is its own until it is released.
     *
     * @return false if it has lost that before
     */
    boolean complete() {
      lock.lock();
      try {
        unfinished.remove(this);
        return !isOver;
      } finally {
        lock.unlock();
      }
    }

    /** Gives everything back, while the rest of the body is read and forgotten. */
    void empty() {
      lock.lock();
      try {
        giveBack(this);
      } finally {
        lock.unlock();
      }
    }

    /** Gives everything back; may be called more than once. */
    void release() {
      lock.lock();
      try {
        free(this);
      } finally {
        lock.unlock();
      }
    }

    private boolean grow(long more, List<Hold> ended) {
      long whole = bytes + more;
      long before = bytes > SMALL ? bytes : 0;
      long moreByLarge = whole > SMALL ? whole - before : 0;
      while (!fits(more, moreByLarge)) {
        boolean ofLarge = held + more <= limit;
        if (!makeRoom(this, ofLarge, ended)) {
          return false;
        }
      }
      bytes = whole;
      held += more;
      heldByLarge += moreByLarge;
      return true;
    }
  }
}
