package dev.lintel.cluster;

import dev.lintel.mesh.Platform;
import dev.lintel.mesh.Version;
import dev.lintel.policy.Policy;
import dev.lintel.resource.Resource;
import dev.lintel.state.Existing;
import dev.lintel.topology.Change;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The one place where the newest snapshot is. Readers take it without a lock and never wait;
 * writers take turns, because each builds on what the one before has made.
 */
@Singleton
public class ClusterState {

  private final Lock writing = new ReentrantLock();
  private volatile Snapshot current = Snapshot.NOTHING;
  private volatile Supplier<Duration> age = () -> Duration.ZERO;
  private @Nullable Version kubernetesVersion;

  /** Returns the newest snapshot. */
  public Snapshot current() {
    return current;
  }

  /** Returns how long ago the snapshot was last known to be what the API server has. */
  public Duration age() {
    return age.get();
  }

  /** Takes note of who tells how old the snapshot is. */
  void agesBy(Supplier<Duration> teller) {
    age = teller;
  }

  /** Publishes the state after a change of one object. */
  void apply(Change change) {
    update(now -> now.with(now.objects().after(change)));
  }

  /**
   * Puts a policy in force.
   *
   * @param generation tells it from an earlier one
   */
  void adopt(Policy policy, String generation) {
    update(
        now ->
            new Snapshot(
                now.objects().withPlatform(platform(policy)),
                policy,
                generation,
                now.isComplete()));
  }

  /** Takes note of the API server's version, which counts where the policy names none. */
  void discovered(Version version) {
    update(
        now -> {
          kubernetesVersion = version;
          return now.with(now.objects().withPlatform(platform(now.policy())));
        });
  }

  /** Takes note that the cluster has been read as a whole. It stays so if a watch breaks later. */
  void completed() {
    update(now -> new Snapshot(now.objects(), now.policy(), now.policyGeneration(), true));
  }

  /** Replaces everything by objects that are all there is. */
  void replace(Iterable<? extends Resource> objects, Policy policy) {
    update(
        now ->
            new Snapshot(
                Existing.of(platform(policy), objects), policy, Snapshot.DEFAULT_GENERATION, true));
  }

  private void update(UnaryOperator<Snapshot> change) {
    writing.lock();
    try {
      current = change.apply(current);
    } finally {
      writing.unlock();
    }
  }

  private Platform platform(Policy policy) {
    Platform platform = policy.platform();
    return platform.kubernetesVersion().isPresent()
        ? platform
        : platform.withKubernetesVersion(Optional.ofNullable(kubernetesVersion));
  }
}
