package dev.lintel.webhook;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once the first review will not be much slower than the next ones. */
@Readiness
@ApplicationScoped
class WarmReadiness implements HealthCheck {

  private final WarmUp warmUp;

  WarmReadiness(WarmUp warmUp) {
    this.warmUp = warmUp;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("code is warm").status(warmUp.isOver()).build();
  }
}
