package dev.lintel.webhook;

import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes what bounds the load, to the measure of this process. */
final class ServingProvider {

  /** Returns what bodies may hold. */
  @Produces
  @Singleton
  BodyBudget budget() {
    return BodyBudget.ofHeap(Runtime.getRuntime().maxMemory());
  }

  /** Returns the threads that judge. */
  @Produces
  @Singleton
  JudgingPool pool(ServingConfig config) {
    int processors = Runtime.getRuntime().availableProcessors();
    return new JudgingPool(JudgingPool.threadsFor(processors), config.queue(), System::nanoTime);
  }

  void close(@Disposes JudgingPool pool) {
    pool.close();
  }
}
