package dev.lintel.cluster;

import dev.lintel.policy.Policy;
import dev.lintel.resource.Resource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** States for tests of other packages. */
public final class Clusters {

  private Clusters() {}

  /** Returns a state that holds these objects, as if read from a folder. */
  public static ClusterState of(Resource... resources) {
    ClusterState state = new ClusterState();
    state.replace(List.of(resources), Policy.DEFAULT);
    return state;
  }

  /** Returns a state without objects, under a policy. */
  public static ClusterState under(Policy policy) {
    return of(policy, List.of());
  }

  /** Returns a state that holds these objects, under a policy. */
  public static ClusterState of(Policy policy, List<Resource> resources) {
    ClusterState state = new ClusterState();
    state.replace(resources, policy);
    return state;
  }

  /** Returns the state that a folder stands for, under a policy. */
  public static ClusterState ofFolder(Path folder, Policy policy) {
    ClusterState state = new ClusterState();
    embedded(state).load(folder, Optional.empty());
    state.adopt(policy, Snapshot.DEFAULT_GENERATION);
    return state;
  }

  /** Returns the folder that stands for a cluster, whose objects are those of a state. */
  public static EmbeddedCluster embedded(ClusterState state) {
    return new EmbeddedCluster(
        state, new PolicyHolder(state, new ClusterMetrics(new SimpleMeterRegistry())));
  }

  /** Returns a state without objects that has not been heard of for a while. */
  public static ClusterState agedBy(Duration age) {
    ClusterState state = of();
    state.agesBy(() -> age);
    return state;
  }

  /** Returns a state of an API server that has not been read as a whole. */
  public static ClusterState unread() {
    return new ClusterState();
  }
}
