package dev.lintel.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Begins to read the cluster, or the folder that stands for it, when the server starts. */
@Singleton
class ClusterStartup {

  private final LintelConfig config;
  private final ClusterState state;
  private final Progress progress;
  private final PolicyHolder policy;
  private final ClusterMetrics metrics;
  private Optional<ClusterWatch> watch = Optional.empty();

  ClusterStartup(
      LintelConfig config,
      ClusterState state,
      Progress progress,
      PolicyHolder policy,
      ClusterMetrics metrics) {
    this.config = config;
    this.state = state;
    this.progress = progress;
    this.policy = policy;
    this.metrics = metrics;
  }

  /** The client is made only where there is an API server to talk to. */
  void onStart(@Observes StartupEvent event, Instance<KubernetesClient> client) {
    if (config.topology().isPresent()) {
      EmbeddedCluster.load(config.topology().get(), config.policy().file(), state, policy);
      return;
    }
    ClusterWatch started = new ClusterWatch(client.get(), config, state, progress, metrics);
    watch = Optional.of(started);
    started.start(policy);
  }

  void onStop(@Observes ShutdownEvent event) {
    watch.ifPresent(ClusterWatch::close);
  }
}
