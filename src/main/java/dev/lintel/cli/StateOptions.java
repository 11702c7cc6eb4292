package dev.lintel.cli;

import dev.lintel.cluster.ClusterException;
import dev.lintel.cluster.LiveCluster;
import dev.lintel.manifest.Manifests;
import dev.lintel.mesh.Platform;
import dev.lintel.policy.Policy;
import dev.lintel.report.Unreadable;
import dev.lintel.resource.Kind;
import dev.lintel.resource.Resource;
import dev.lintel.state.Existing;
import dev.lintel.topology.Topology;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
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
   * @param known the kinds of which no other objects exist: a cluster was asked for all of them
   * @param gaps the kinds of which a cluster does not tell all, for want of rights
   */
  record State(
      Existing objects,
      Policy policy,
      List<LiveCluster.Unreadable> unreadable,
      Set<Kind> known,
      Set<Kind> gaps) {
    /** Copies the collections, so that the record is immutable. */
    State {
      unreadable = List.copyOf(unreadable);
      known = Set.copyOf(known);
      gaps = Set.copyOf(gaps);
    }

    /** What files hold, which need not be all there is. */
    State(Existing objects, Policy policy) {
      this(objects, policy, List.of(), Set.of(), Set.of());
    }

    private static State live(Existing objects, Policy policy, LiveCluster.Contents contents) {
      Set<Kind> gaps = EnumSet.noneOf(Kind.class);
      contents.gaps().forEach(gap -> gaps.add(gap.kind()));
      Set<Kind> known = EnumSet.allOf(Kind.class);
      known.removeAll(gaps);
      return new State(objects, policy, contents.unreadable(), known, gaps);
    }

    /** Returns the objects that exist. */
    Topology topology() {
      return objects.topology();
    }

    /** Returns the kinds of which something exists, or of which is known that nothing does. */
    Set<Kind> kindsInSight() {
      Set<Kind> kinds = EnumSet.noneOf(Kind.class);
      kinds.addAll(known);
      topology().resources().map(Resource::kind).distinct().forEach(kinds::add);
      return kinds;
    }

    /** Returns the same state with more objects, which count before those of the same name. */
    State with(List<Resource> more) {
      return new State(objects.with(more), policy, unreadable, known, gaps);
    }
  }

  /** Tells whether the options name any objects. */
  boolean isGiven() {
    return folder != null || isLive || context != null || kubeconfig != null;
  }

  /** Returns the folder that stands for the cluster; empty if none is named. */
  Optional<Path> folder() {
    return Optional.ofNullable(folder);
  }

  /**
   * Returns where objects are that name no namespace, as kubectl has it.
   *
   * @param option what {@code -n} says; empty if it is left out
   * @throws UnreadableException if the kubeconfig cannot be read that should tell it
   */
  String namespace(Optional<String> option) {
    if (option.isPresent() || !readsCluster()) {
      return option.orElse(Manifests.DEFAULT_NAMESPACE);
    }
    try {
      return LiveCluster.namespace(Optional.ofNullable(context), Optional.ofNullable(kubeconfig));
    } catch (ClusterException e) {
      throw UnreadableException.of(e.problems());
    }
  }

  private boolean readsCluster() {
    return isLive || context != null || kubeconfig != null;
  }

  /** Reads the objects from the current cluster, as if the options said so. */
  void chooseCurrentCluster() {
    isLive = true;
  }

  /**
   * Reads what the options name.
   *
   * @param namespaces in which objects of a cluster are looked for that may not be listed in all
   * @param err is told which objects of a cluster do not count, and which are not known
   * @throws UnreadableException if anything cannot be read
   */
  State read(Set<String> namespaces, Ticker ticker, PrintWriter err) {
    Problems problems = new Problems();
    State state = read(namespaces, ticker, err, file -> problems.add(file.said()));
    problems.check();
    return state;
  }

  /**
   * Reads what can be read of what the options name.
   *
   * @param namespaces in which objects of a cluster are looked for that may not be listed in all
   * @param err is told which objects of a cluster do not count, and which are not known
   * @param unreadable is told what of a folder cannot be read
   * @throws UnreadableException if the policy or the cluster cannot be read
   */
  State read(
      Set<String> namespaces, Ticker ticker, PrintWriter err, Consumer<Unreadable> unreadable) {
    Optional<Policy> chosen = Optional.ofNullable(policyFile).map(Inputs::policy);
    List<Resource> stored =
        folder == null
            ? List.of()
            : Inputs.state(folder, ticker, notes -> tell(notes, err), unreadable);
    if (!readsCluster()) {
      Policy policy = chosen.orElse(Policy.DEFAULT);
      return new State(Existing.of(policy.platform(), stored), policy);
    }
    try (LiveCluster cluster =
        LiveCluster.of(Optional.ofNullable(context), Optional.ofNullable(kubeconfig))) {
      Policy policy = chosen.isPresent() ? chosen.get() : policyOf(cluster, err);
      LiveCluster.Contents contents =
          cluster.read(
              namespaces, (done, total) -> ticker.at("reading the cluster:", done, total, "kinds"));
      tellUnreadable(contents.unreadable(), err);
      contents.gaps().forEach(gap -> err.println("lintel: " + gap.said()));
      List<Resource> all = new ArrayList<>(contents.resources());
      all.addAll(stored);
      Policy versioned = versioned(policy, contents);
      return State.live(Existing.of(versioned.platform(), all), versioned, contents);
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

  private static Policy policyOf(LiveCluster cluster, PrintWriter err) throws ClusterException {
    return cluster
        .policy(line -> err.println("lintel: " + line))
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
