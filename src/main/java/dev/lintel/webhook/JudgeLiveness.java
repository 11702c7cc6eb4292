package dev.lintel.webhook;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Alive as long as reviews get judged. Only a restart helps a thread that does not come back. */
@Liveness
@ApplicationScoped
class JudgeLiveness implements HealthCheck {

  private final JudgingPool pool;
  private final Duration stuckAfter;

  JudgeLiveness(JudgingPool pool, ServingConfig config) {
    this.pool = pool;
    this.stuckAfter = config.stuckAfter();
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("reviews get judged")
        .status(!pool.isStuckFor(stuckAfter))
        .withData("in flight", pool.inFlight())
        .build();
  }
}
