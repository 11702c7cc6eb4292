package dev.lintel.webhook;

import dev.lintel.cluster.ClusterState;
import dev.lintel.cluster.LintelConfig;
import dev.lintel.cluster.Snapshot;
import dev.lintel.policy.PolicyNotices;
import dev.lintel.policy.PolicyWriter;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Set;

/**
 * Shows the policy in force, with the defaults filled in, at {@code /policy} of the management
 * port: to who is in the Pod, as {@code kubectl port-forward} is. The policy tells what is not
 * looked at and whose writes pass, and the port has no other lock.
 */
@Singleton
class PolicyRoute {

  /** Not all of 127.0.0.0/8: a sidecar hands on the requests of others from 127.0.0.6. */
  private static final Set<String> LOCAL = Set.of("127.0.0.1", "::1", "0:0:0:0:0:0:0:1");

  private final ClusterState cluster;
  private final LintelConfig config;
  private final Clock clock;

  PolicyRoute(ClusterState cluster, LintelConfig config, Clock clock) {
    this.cluster = cluster;
    this.config = config;
    this.clock = clock;
  }

  void register(@Observes ManagementInterface management) {
    management.router().get("/policy").handler(this::answer);
  }

  /** The connection knows who calls; what a header says of it does not count. */
  private void answer(RoutingContext context) {
    if (isLocal(context.request().connection().remoteAddress())) {
      context
          .response()
          .putHeader("Content-Type", "application/yaml; charset=utf-8")
          .end(text(cluster.current()));
    } else {
      context
          .response()
          .setStatusCode(HttpURLConnection.HTTP_FORBIDDEN)
          .putHeader("Content-Type", "text/plain; charset=utf-8")
          .end(
              "The policy is shown inside the Pod only: kubectl port-forward deployment/lintel 9000"
                  + " -n %s, then http://127.0.0.1:9000/policy%n".formatted(config.namespace()));
    }
  }

  static boolean isLocal(SocketAddress caller) {
    return caller.isInetSocket() && LOCAL.contains(caller.hostAddress());
  }

  private String text(Snapshot now) {
    StringBuilder text = new StringBuilder("# generation: " + now.policyGeneration() + "\n");
    PolicyNotices.of(now.policy(), LocalDate.now(clock))
        .forEach(notice -> text.append("# ").append(notice).append('\n'));
    return text + PolicyWriter.write(now.policy().publishedAt(config.pages()));
  }
}
