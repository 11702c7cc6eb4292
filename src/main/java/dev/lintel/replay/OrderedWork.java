package dev.lintel.replay;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Work that is done on all processors, and whose results are taken in the order in which it was
 * submitted, by the thread that submits it. So much waits at most that no processor is idle.
 *
 * @param <T> what comes of a piece of work
 */
final class OrderedWork<T> implements AutoCloseable {

  private static final int WAITING_FOR_EACH = 8;

  private final int most = Runtime.getRuntime().availableProcessors() * WAITING_FOR_EACH;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
  private final Deque<Future<T>> waiting = new ArrayDeque<>();
  private final Consumer<T> taker;

  /**
   * Creates a line without work.
   *
   * @param taker takes the results
   */
  OrderedWork(Consumer<T> taker) {
    this.taker = taker;
  }

  /** Adds a piece of work; where much is waiting, the oldest result is waited for and taken. */
  void submit(Callable<T> work) {
    waiting.add(threads.submit(work));
    if (waiting.size() > most) {
      take();
    }
  }

  /** Waits for all results and takes them. */
  void finish() {
    while (!waiting.isEmpty()) {
      take();
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private void take() {
    try {
      taker.accept(waiting.remove().get());
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while a write was judged");
    }
  }
}
