package dev.lintel.cluster;

import dev.lintel.policy.Policy;
import dev.lintel.resource.Resource;
import java.time.Duration;
import java.util.List;

/** States for tests of other packages. */
public final class Clusters {

  private Clusters() {}

  /** Returns a state that holds these objects, as if read from a folder. */
  public static ClusterState of(Resource... resources) {
    ClusterState state = new ClusterState();
    state.embed(List.of(resources), Policy.DEFAULT);
    return state;
  }

  /** Returns a state without objects, under a policy. */
  public static ClusterState under(Policy policy) {
    return of(policy, List.of());
  }

  /** Returns a state that holds these objects, under a policy. */
  public static ClusterState of(Policy policy, List<Resource> resources) {
    ClusterState state = new ClusterState();
    state.embed(resources, policy);
    return state;
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
