package dev.lintel.webhook;

import dev.lintel.cluster.EmbeddedCluster;
import dev.lintel.cluster.LintelConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Chooses who answers, by what stands for the cluster. */
final class AnswererProvider {

  /** Returns who answers requests. */
  @Produces
  @Singleton
  Answerer answerer(Admission admission, EmbeddedCluster cluster, LintelConfig config) {
    return config.topology().isPresent() ? new EmbeddedAdmission(admission, cluster) : admission;
  }
}
