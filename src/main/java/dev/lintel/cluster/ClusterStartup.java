package dev.lintel.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Begins to read the cluster, or the folder that stands for it, when the server starts. */
@Singleton
class ClusterStartup {

  private static final Logger LOG = Logger.getLogger(ClusterStartup.class);

  private final LintelConfig config;
  private final ClusterState state;
  private final EmbeddedCluster embedded;
  private final Progress progress;
  private final PolicyHolder policy;
  private final ClusterMetrics metrics;
  private Optional<ClusterWatch> watch = Optional.empty();

  ClusterStartup(
      LintelConfig config,
      ClusterState state,
      EmbeddedCluster embedded,
      Progress progress,
      PolicyHolder policy,
      ClusterMetrics metrics) {
    this.config = config;
    this.state = state;
    this.embedded = embedded;
    this.progress = progress;
    this.policy = policy;
    this.metrics = metrics;
  }

  /** The client is made only where there is an API server to talk to. */
  void onStart(@Observes StartupEvent event, Instance<KubernetesClient> client) {
    if (config.topology().isPresent()) {
      Path folder = config.topology().get();
      int objects = embedded.load(folder, config.policy().file());
      LOG.infof("%d objects of %s stand for the cluster", objects, folder);
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
