package dev.lintel.cluster;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.Optional;

/** Reads a folder in a process of its own, whose memory is limited. */
final class EmbeddingProcess {

  private EmbeddingProcess() {}

  public static void main(String[] folder) {
    ClusterState state = new ClusterState();
    PolicyHolder holder = new PolicyHolder(state, new ClusterMetrics(new SimpleMeterRegistry()));
    new EmbeddedCluster(state, holder).load(Path.of(folder[0]), Optional.empty());
    System.out.println("read " + state.current().topology().service("team-0", "service-0"));
  }
}
