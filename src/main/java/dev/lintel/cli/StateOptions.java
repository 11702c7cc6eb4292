package dev.lintel.cli;

import dev.lintel.cluster.ClusterException;
import dev.lintel.cluster.LiveCluster;
import dev.lintel.mesh.Platform;
import dev.lintel.policy.Policy;
import dev.lintel.resource.Resource;
import dev.lintel.state.Existing;
import dev.lintel.topology.Topology;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which objects exist already, and what the administrator decided. */
final class StateOptions {

  /** Whoever may write objects decides how many cannot be read. */
  private static final int MAX_NAMED = 20;

  @Option(
      names = "--cluster-state",
      paramLabel = "DIR",
      description =
          "Folder of manifests of objects that exist; they are not reported on. With a live cluster"
              + " they count beside its objects, and before those of the same name.")
  private @Nullable Path folder;

  @Option(
      names = "--live",
      description = "Read the objects that exist, and the policy, from the current cluster.")
  private boolean isLive;

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "Read them from the cluster of this context of the kubeconfig.")
  private @Nullable String context;

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "Read them from the cluster of this kubeconfig.")
  private @Nullable Path kubeconfig;

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description =
          "Policy document; if left out, the live cluster's, or else the built-in defaults.")
  private @Nullable Path policyFile;

  /**
   * What there is before anything is written.
   *
   * @param objects those that exist
   * @param policy what the administrator decided
   * @param unreadable the objects that exist, too, and cannot be read
   * @param isWhole whether a cluster was read: what is not among the objects does not exist
   */
  record State(
      Existing objects, Policy policy, List<LiveCluster.Unreadable> unreadable, boolean isWhole) {
    /** Copies the list, so that the record is immutable. */
    State {
      unreadable = List.copyOf(unreadable);
    }

    /** What files hold, which need not be all there is. */
    State(Existing objects, Policy policy) {
      this(objects, policy, List.of(), false);
    }

    /** Returns the objects that exist. */
    Topology topology() {
      return objects.topology();
    }

    /** Returns the same state with more objects, which count before those of the same name. */
    State with(List<Resource> more) {
      return new State(objects.with(more), policy, unreadable, isWhole);
    }
  }

  /** Tells whether the options name any objects. */
  boolean isGiven() {
    return folder != null || isLive || context != null || kubeconfig != null;
  }

  /** Reads the objects from the current cluster, as if the options said so. */
  void chooseCurrentCluster() {
    isLive = true;
  }

  /**
   * Reads what the options name.
   *
   * @param err is told which objects of a cluster do not count
   * @throws UnreadableException if anything cannot be read
   */
  State read(Ticker ticker, PrintWriter err) {
    Optional<Policy> chosen = Optional.ofNullable(policyFile).map(Inputs::policy);
    List<Resource> stored =
        folder == null ? List.of() : Inputs.state(folder, ticker, notes -> tell(notes, err));
    if (!isLive && context == null && kubeconfig == null) {
      Policy policy = chosen.orElse(Policy.DEFAULT);
      return new State(Existing.of(policy.platform(), stored), policy);
    }
    try (LiveCluster cluster =
        LiveCluster.of(Optional.ofNullable(context), Optional.ofNullable(kubeconfig))) {
      Policy policy = chosen.isPresent() ? chosen.get() : policyOf(cluster);
      LiveCluster.Contents contents =
          cluster.read((done, total) -> ticker.at("reading the cluster:", done, total, "kinds"));
      tellUnreadable(contents.unreadable(), err);
      List<Resource> all = new ArrayList<>(contents.resources());
      all.addAll(stored);
      Policy versioned = versioned(policy, contents);
      return new State(
          Existing.of(versioned.platform(), all), versioned, contents.unreadable(), true);
    } catch (ClusterException e) {
      throw UnreadableException.of(e.problems());
    }
  }

  /** Tells what is there twice, and what was skipped. */
  static void tell(List<String> notes, PrintWriter err) {
    notes.stream().limit(MAX_NAMED).forEach(line -> err.println("lintel: " + line));
    if (notes.size() > MAX_NAMED) {
      err.println("lintel: and %d more lines like these".formatted(notes.size() - MAX_NAMED));
    }
  }

  private static void tellUnreadable(List<LiveCluster.Unreadable> unreadable, PrintWriter err) {
    unreadable.stream().limit(MAX_NAMED).forEach(object -> err.println("lintel: " + object));
    if (unreadable.size() > MAX_NAMED) {
      err.println(
          "lintel: %d more objects cannot be read and do not count"
              .formatted(unreadable.size() - MAX_NAMED));
    }
  }

  private static Policy policyOf(LiveCluster cluster) throws ClusterException {
    return cluster
        .policy()
        .map(found -> Inputs.policy(found.source(), found.text()))
        .orElse(Policy.DEFAULT);
  }

  /** The API server's version counts where the policy names none. */
  private static Policy versioned(Policy policy, LiveCluster.Contents contents) {
    Platform platform = policy.platform();
    return platform.kubernetesVersion().isPresent()
        ? policy
        : policy.withPlatform(platform.withKubernetesVersion(contents.version()));
  }
}
