package dev.lintel.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Someone who applies a manifest over and over, and what comes of it. */
final class ApplyLoop implements AutoCloseable {

  private final ExecutorService executor = Executors.newSingleThreadExecutor();
  private final List<String> phases = new ArrayList<>();
  private final CompletableFuture<Void> loop;
  private volatile boolean isOver;

  /** Starts to run a command again and again; {@code outcome} names what one run came to. */
  ApplyLoop(Supplier<String> outcome) {
    loop =
        CompletableFuture.runAsync(
            () -> {
              while (!isOver) {
                record(outcome.get());
              }
            },
            executor);
  }

  /** Waits until a run comes to something. */
  void reaches(String outcome) {
    Eventually.holds(
        () -> {
          assertThat(loop).isNotCompletedExceptionally();
          assertThat(phases()).last().isEqualTo(outcome);
        });
  }

  /** Returns the outcomes in their order, those in a row once. */
  synchronized List<String> phases() {
    return List.copyOf(phases);
  }

  private synchronized void record(String outcome) {
    if (phases.isEmpty() || !phases.getLast().equals(outcome)) {
      phases.add(outcome);
    }
  }

  @Override
  public void close() {
    isOver = true;
    loop.orTimeout(1, TimeUnit.MINUTES).join();
    executor.close();
  }
}
