package dev.lintel.cluster;

import dev.lintel.mesh.Version;
import dev.lintel.resource.Kind;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Follows everything that Lintel reads from the API server. */
final class ClusterWatch implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(ClusterWatch.class);

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final KubernetesClient client;
  private final ApiServer api;
  private final LintelConfig config;
  private final ClusterState state;
  private final Progress progress;
  private final Freshness freshness = new Freshness(System::nanoTime, this::ages);
  private final ClusterMetrics metrics;
  private final List<ObjectWatch> sources = new ArrayList<>();
  private final List<KindWatch> kinds = new ArrayList<>();
  private final ExecutorService writing =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("event").factory());
  private final ScheduledExecutorService clock =
      Executors.newScheduledThreadPool(
          2, Thread.ofPlatform().daemon().name("lintel-cluster").factory());
  private final EventWriter events;
  private final MalformedObjects malformed;

  ClusterWatch(
      KubernetesClient client,
      LintelConfig config,
      ClusterState state,
      Progress progress,
      ClusterMetrics metrics) {
    this.client = client;
    this.api = new ApiServer(client);
    this.config = config;
    this.state = state;
    this.progress = progress;
    this.metrics = metrics;
    this.events = new EventWriter(api, writing, Clock.systemUTC());
    this.malformed = new MalformedObjects(metrics, events);
  }

  /** Begins to follow, without waiting for the API server. */
  void start(PolicyHolder holder) {
    metrics.shows(freshness);
    state.agesBy(freshness::age);
    Selection configMap = Selection.configMap(config.namespace(), config.policy().name());
    follow(
        configMap,
        new PolicyWatch(
            configMap.name(), config.policy().key(), holder, progress, new PolicyEvents(events)));
    for (Kind kind : Kind.values()) {
      KindWatch watch = new KindWatch(kind, this::watches);
      kinds.add(watch);
      if (Selection.isBuiltIn(kind)) {
        watch.follow(Optional.of(kind.versions().getFirst()));
      } else {
        follow(Selection.definitionOf(kind), watch);
      }
    }
    progress.begun();
    schedule(configMap);
  }

  @Override
  public void close() {
    clock.shutdownNow();
    writing.shutdownNow();
    kinds.forEach(KindWatch::stop);
    sources.forEach(ObjectWatch::close);
  }

  private void schedule(Selection configMap) {
    Heartbeat heartbeat =
        new Heartbeat(
            api,
            configMap.object(),
            freshness,
            new Heartbeat.Watches() {
              @Override
              public void reconnect() {
                all().forEach(ObjectWatch::reconnect);
              }

              @Override
              public void hurry() {
                all().forEach(ObjectWatch::hurry);
              }
            });
    every(Heartbeat.INTERVAL, heartbeat::beat);
    every(Heartbeat.INTERVAL, () -> all().forEach(ObjectWatch::checkSilence));
    every(MINUTE, malformed::minute);
    every(MINUTE, this::askForVersion);
  }

  /** An error in one round must not be the end of all rounds. */
  @SuppressWarnings("FutureReturnValueIgnored") // what is scheduled runs until this is closed
  private void every(Duration interval, Runnable task) {
    clock.scheduleWithFixedDelay(
        () -> {
          try {
            task.run();
          } catch (RuntimeException e) {
            LOG.error("a task of the cluster's side failed", e);
          }
        },
        0,
        interval.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  private void follow(Selection selection, ObjectListener listener) {
    ObjectWatch watch = watch(selection, listener);
    sources.add(watch);
    watch.start();
  }

  private List<ObjectWatch> watches(Kind kind, String version) {
    return Selection.watched(kind, version, config.controllers()).stream()
        .map(selection -> watch(selection, new ObjectSink(kind, version, state, malformed)))
        .toList();
  }

  private ObjectWatch watch(Selection selection, ObjectListener listener) {
    return new ObjectWatch(api, selection, config.pageSize(), listener, progress, System::nanoTime);
  }

  private Stream<ObjectWatch> all() {
    return Stream.concat(sources.stream(), kinds.stream().flatMap(kind -> kind.running().stream()));
  }

  private Stream<Duration> ages() {
    return all().map(ObjectWatch::age);
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
