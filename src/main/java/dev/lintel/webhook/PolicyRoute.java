package dev.lintel.webhook;

import dev.lintel.cluster.ClusterState;
import dev.lintel.cluster.Snapshot;
import dev.lintel.policy.PolicyNotices;
import dev.lintel.policy.PolicyWriter;
import dev.lintel.rule.RuleCatalogue;
import io.quarkus.vertx.http.ManagementInterface;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;

/**
 * Shows the policy in force, with the defaults filled in, at {@code /policy} of the management
 * port.
 */
@Singleton
class PolicyRoute {

  private final ClusterState cluster;
  private final Clock clock;

  PolicyRoute(ClusterState cluster, Clock clock) {
    this.cluster = cluster;
    this.clock = clock;
  }

  void register(@Observes ManagementInterface management) {
    management
        .router()
        .get("/policy")
        .handler(
            context ->
                context
                    .response()
                    .putHeader("Content-Type", "application/yaml; charset=utf-8")
                    .end(text(cluster.current())));
  }

  private String text(Snapshot now) {
    StringBuilder text = new StringBuilder("# generation: " + now.policyGeneration() + "\n");
    PolicyNotices.of(now.policy(), LocalDate.now(clock))
        .forEach(notice -> text.append("# ").append(notice).append('\n'));
    return text + PolicyWriter.write(now.policy(), RuleCatalogue.complete());
  }
}
