package dev.lintel.webhook;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How requests are taken in. Each value bounds what strangers can make this process hold or do. */
@ConfigMapping(prefix = "lintel.serving")
interface ServingConfig {

  /** Returns how long a body may take from its head to its last byte. */
  @WithDefault("PT10S")
  Duration bodyTimeout();

  /** Returns how many reviews may wait for a thread; 1 or more. */
  @WithDefault("256")
  int queue();

  /** Returns after which time in one review a thread counts as stuck, and the process as dead. */
  @WithDefault("PT30S")
  Duration stuckAfter();

  /** Returns for how long readiness waits at most for the code to be warm. */
  @WithDefault("PT60S")
  Duration warmUpTimeout();
}
