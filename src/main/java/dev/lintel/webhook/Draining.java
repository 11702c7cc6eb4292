package dev.lintel.webhook;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Whether the process has been asked to end. It then goes on answering for a while, and each answer
 * closes its connection, so that the API server's next request goes to another replica.
 */
@Singleton
class Draining {

  private volatile boolean hasBegun;

  void begin(@Observes ShutdownDelayInitiatedEvent event) {
    hasBegun = true;
  }

  /** Tells whether the end is near. */
  boolean hasBegun() {
    return hasBegun;
  }
}
