package dev.lintel.cluster;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready once the cluster has been read and a policy is in force; says what is missing till then,
 * and which policy is in force. What a policy says is not told here, for this is shown to whoever
 * asks.
 */
@Readiness
@ApplicationScoped
class ClusterReadiness implements HealthCheck {

  private final ClusterState state;
  private final Progress progress;
  private final PolicyHolder policy;

  ClusterReadiness(ClusterState state, Progress progress, PolicyHolder policy) {
    this.state = state;
    this.progress = progress;
    this.policy = policy;
  }

  @Override
  public HealthCheckResponse call() {
    boolean isComplete = state.current().isComplete();
    HealthCheckResponseBuilder response =
        HealthCheckResponse.named("cluster has been read").status(isComplete);
    if (!isComplete) {
      progress.missing().forEach(response::withData);
    }
    response.withData("policy in force", policy.inForce());
    if (!policy.problems().isEmpty()) {
      response.withData("policy refused", "the log and the Event on the ConfigMap say why");
    }
    return response.build();
  }
}
