package dev.lintel.webhook;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The threads that judge, and the reviews that wait for one of them. Flows take turns, as under the
 * API server's own Priority and Fairness: no user, and no namespace, has more than a quarter of the
 * places in the queue or half of the threads, however much it sends.
 */
final class JudgingPool implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(JudgingPool.class);
  private static final int LEAST_THREADS = 4;
  private static final int MOST_THREADS = 16;

  private final Lock lock = new ReentrantLock();
  private final Condition arrival = lock.newCondition();
  private final Map<Flow, Deque<Job>> waiting = new LinkedHashMap<>();
  private final List<Worker> workers = new ArrayList<>();
  private final Shares places;
  private final Shares turns;
  private final int capacity;
  private final LongSupplier nanoTime;
  private int waitingJobs;
  private int busyWorkers;
  private long lastProgress;
  private boolean isClosed;

  /**
   * Creates a pool and starts its threads.
   *
   * @param threads how many; 2 or more
   * @param capacity how many jobs may wait; 1 or more
   * @param nanoTime tells the time, in nanoseconds from some origin
   */
  JudgingPool(int threads, int capacity, LongSupplier nanoTime) {
    this.capacity = capacity;
    this.places = new Shares(Math.max(1, capacity / 4));
    this.turns = new Shares(Math.max(1, threads / 2));
    this.nanoTime = nanoTime;
    this.lastProgress = nanoTime.getAsLong();
    for (int i = 0; i < threads; i++) {
      Worker worker = new Worker();
      workers.add(worker);
      Thread.ofPlatform().name("lintel-judge-" + i).daemon().start(worker);
    }
  }

  /** Returns how many threads suit this machine. */
  static int threadsFor(int processors) {
    return Math.clamp(processors, LEAST_THREADS, MOST_THREADS);
  }

  /** What a thread of the pool does. */
  interface Job {

    /** Returns whose job it is. */
    Flow flow();

    /** Does the work. */
    void run();

    /**
     * Tells whether there is no time left.
     *
     * @param isWaiting whether no thread has taken it yet
     */
    boolean isLate(boolean isWaiting);

    /**
     * Called by another thread when there is no time left. If the job was waiting, no thread takes
     * it any more.
     */
    void giveUp(boolean wasWaiting);
  }

  /** Whether a job was taken in. */
  enum Admittance {
    /** It will be done in its turn. */
    TAKEN,
    /** Its user, or its namespace, has too many waiting already. */
    FLOW_IS_FULL,
    /** Too many are waiting. */
    QUEUE_IS_FULL
  }

  /** Takes a job in, if there is room for it. */
  Admittance submit(Job job) {
    lock.lock();
    try {
      if (waitingJobs >= capacity || isClosed) {
        return Admittance.QUEUE_IS_FULL;
      }
      if (!places.hasRoomFor(job.flow())) {
        return Admittance.FLOW_IS_FULL;
      }
      if (waitingJobs == 0) {
        lastProgress = nanoTime.getAsLong();
      }
      places.add(job.flow());
      waitingJobs++;
      waiting.computeIfAbsent(job.flow(), flow -> new ArrayDeque<>()).add(job);
      arrival.signal();
      return Admittance.TAKEN;
    } finally {
      lock.unlock();
    }
  }

  /** Gives up the jobs for which there is no time left. */
  void expire() {
    List<Job> waited = new ArrayList<>(0);
    List<Job> running = new ArrayList<>(0);
    lock.lock();
    try {
      if (waitingJobs > 0) {
        waited.addAll(dropLate());
      }
      for (Worker worker : workers) {
        Job job = worker.job;
        if (job != null && job.isLate(false)) {
          running.add(job);
        }
      }
    } finally {
      lock.unlock();
    }
    waited.forEach(job -> job.giveUp(true));
    running.forEach(job -> job.giveUp(false));
  }

  /** Returns how many jobs wait or run. */
  int inFlight() {
    lock.lock();
    try {
      return waitingJobs + busyWorkers;
    } finally {
      lock.unlock();
    }
  }

  /** Tells whether a thread has been in one job for longer, or nothing moves while jobs wait. */
  boolean isStuckFor(Duration time) {
    lock.lock();
    try {
      long now = nanoTime.getAsLong();
      boolean isIdle = waitingJobs > 0 && now - lastProgress > time.toNanos();
      return isIdle
          || workers.stream()
              .anyMatch(worker -> worker.job != null && now - worker.since > time.toNanos());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      isClosed = true;
      arrival.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private List<Job> dropLate() {
    List<Job> late = new ArrayList<>(0);
    for (Deque<Job> jobs : waiting.values()) {
      for (Iterator<Job> each = jobs.iterator(); each.hasNext(); ) {
        Job job = each.next();
        if (job.isLate(true)) {
          each.remove();
          waitingJobs--;
          places.remove(job.flow());
          late.add(job);
        }
      }
    }
    waiting.values().removeIf(Deque::isEmpty);
    return late;
  }

  /** Returns the next job of the flow whose turn it is; null if none may run now. */
  private @Nullable Job next() {
    for (Flow flow : waiting.keySet()) {
      if (turns.hasRoomFor(flow)) {
        return next(flow);
      }
    }
    return null;
  }

  private @Nullable Job next(Flow flow) {
    Deque<Job> jobs = waiting.remove(flow);
    if (jobs == null) {
      return null;
    }
    Job job = jobs.remove();
    if (!jobs.isEmpty()) {
      waiting.put(flow, jobs); // behind the others
    }
    waitingJobs--;
    places.remove(flow);
    turns.add(flow);
    return job;
  }

  /** One thread's work. */
  private final class Worker implements Runnable {

    private @Nullable Job job;
    private long since;

    @Override
    public void run() {
      for (Job next = take(); next != null; next = take()) {
        try {
          next.run();
        } catch (Throwable e) {
          // A job answers for its own failures. Whatever else comes, the thread stays.
          LOG.error("a review was not answered", e);
        } finally {
          done(next);
        }
      }
    }

    private @Nullable Job take() {
      lock.lock();
      try {
        while (!isClosed) {
          Job next = next();
          if (next != null) {
            job = next;
            since = nanoTime.getAsLong();
            lastProgress = since;
            busyWorkers++;
            return next;
          }
          arrival.awaitUninterruptibly();
        }
        return null;
      } finally {
        lock.unlock();
      }
    }

    private void done(Job ended) {
      lock.lock();
      try {
        job = null;
        busyWorkers--;
        lastProgress = nanoTime.getAsLong();
        turns.remove(ended.flow());
        if (waitingJobs > 0) {
          arrival.signal(); // another of the same flow may run now, beside what this thread takes
        }
      } finally {
        lock.unlock();
      }
    }
  }
}
