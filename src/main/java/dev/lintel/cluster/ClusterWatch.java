package dev.lintel.cluster;

import dev.lintel.mesh.Version;
import dev.lintel.resource.Kind;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Follows everything that Lintel reads from the API server. */
final class ClusterWatch implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(ClusterWatch.class);

  private final KubernetesClient client;
  private final LintelConfig config;
  private final ClusterState state;
  private final Progress progress;
  private final ObjectReader reader;
  private final ClusterMetrics metrics;
  private final Freshness freshness = new Freshness(Clock.systemUTC());
  private final List<ObjectWatch> sources = new ArrayList<>();
  private final List<KindWatch> kinds = new ArrayList<>();
  private final ScheduledExecutorService clock =
      Executors.newScheduledThreadPool(
          2, Thread.ofPlatform().daemon().name("lintel-cluster").factory());

  ClusterWatch(
      KubernetesClient client,
      LintelConfig config,
      ClusterState state,
      Progress progress,
      ObjectReader reader,
      ClusterMetrics metrics) {
    this.client = client;
    this.config = config;
    this.state = state;
    this.progress = progress;
    this.reader = reader;
    this.metrics = metrics;
  }

  /** Begins to follow, without waiting for the API server. */
  @SuppressWarnings("FutureReturnValueIgnored") // what is scheduled runs until this is closed
  void start(PolicyHolder holder) {
    metrics.shows(freshness);
    state.agesBy(freshness::age);
    follow(
        Selection.configMap(config.namespace(), config.policy().name()),
        selection ->
            new PolicyWatch(
                selection.name(),
                config.policy().key(),
                holder,
                progress,
                new PolicyEvents(client, clock, Clock.systemUTC())));
    for (Kind kind : Kind.values()) {
      KindWatch watch = new KindWatch(kind, this::watches);
      kinds.add(watch);
      if (Selection.isBuiltIn(kind)) {
        watch.follow(Optional.of(kind.versions().getFirst()));
      } else {
        follow(Selection.definitionOf(kind), selection -> watch);
      }
    }
    progress.begun();
    clock.scheduleWithFixedDelay(this::askForVersion, 0, 60, TimeUnit.SECONDS);
    clock.scheduleWithFixedDelay(() -> freshness.observe(isWatching()), 1, 1, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    clock.shutdownNow();
    kinds.forEach(KindWatch::stop);
    sources.forEach(ObjectWatch::close);
  }

  private void follow(Selection selection, Function<Selection, ObjectListener> listener) {
    ObjectWatch watch =
        new ObjectWatch(client, selection, config.pageSize(), listener.apply(selection), progress);
    sources.add(watch);
    watch.start();
  }

  private List<ObjectWatch> watches(Kind kind, String version) {
    return Selection.of(kind, version).stream()
        .map(
            selection ->
                new ObjectWatch(
                    client,
                    selection,
                    config.pageSize(),
                    new ObjectSink(kind, state, reader, metrics),
                    progress))
        .toList();
  }

  private boolean isWatching() {
    return sources.stream().allMatch(ObjectWatch::isWatching)
        && kinds.stream().allMatch(KindWatch::isWatching);
  }

  /** Asks again and again: the API server may be upgraded. Without an answer it is unknown. */
  private void askForVersion() {
    try {
      Version.parse(client.getKubernetesVersion().getGitVersion()).ifPresent(state::discovered);
    } catch (RuntimeException e) {
      LOG.debugf("the API server does not tell its version: %s", e.getMessage());
    }
  }
}
