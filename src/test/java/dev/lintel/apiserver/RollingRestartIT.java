package dev.lintel.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A rolling update of two replicas under load, as the Deployment does it: a new one first, and an
 * old one is told to end when the new one is ready. It gets new connections until the news has
 * spread, and the time that the Deployment gives it.
 */
@OnApiServer
class RollingRestartIT {

  private static final int REPLICAS = 2;
  private static final int WRITERS = 4;

  /** Between two writes of one writer: together they make some 30 a second. */
  private static final Duration PAUSE = Duration.ofMillis(1_000 / 30 * WRITERS);

  private static final Duration PROBE_PERIOD = Duration.ofMillis(500);

  /** Until every node knows that a Pod is to be sent no new connections. */
  private static final Duration SPREADING = Duration.ofSeconds(1);

  private final ShippedDeployment shipped = ShippedDeployment.read();
  private final List<MemoryLimit> limits = new ArrayList<>();
  private final List<LintelServer> receiving = new CopyOnWriteArrayList<>();
  private final Map<LintelServer, Boolean> ready = new ConcurrentHashMap<>();
  private final AtomicInteger turn = new AtomicInteger();
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger denied = new AtomicInteger();
  private final CuttableProxy balancer = new CuttableProxy(this::next);
  private final Installation installation = Installation.complete("rolling", this::launch);
  private final ApiClient writer = installation.api().client();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile boolean isOver;

  @AfterEach
  void stop() {
    isOver = true;
    threads.close();
    receiving.forEach(LintelServer::close);
    balancer.close();
    installation.close();
    limits.forEach(MemoryLimit::close);
  }

  @Test
  void noWriteIsUnjudgedWhileEachReplicaIsReplaced() throws Exception {
    receiving.add(installation.lintel());
    receiving.add(installation.launch());
    threads.submit(this::probe);
    receiving.forEach(this::awaitReady);
    installation.isAskedAt(balancer.port());
    // The port of before is asked for a moment longer.
    Eventually.holds(
        () -> {
          installation.isAsked();
          assertThat(turn.get()).isPositive();
        });

    double before = failedOpen();
    List<Future<?>> writers = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      writers.add(threads.submit(this::write));
    }
    for (int i = 0; i < REPLICAS; i++) {
      replaceOldest();
    }
    int soFar = asked.get();
    Eventually.holds(() -> assertThat(asked.get()).isGreaterThan(soFar + 60));
    isOver = true;
    for (Future<?> one : writers) {
      one.get();
    }
    System.out.printf(
        "rolling restart: %d writes, %d judged, %.0f failed open%n",
        asked.get(), denied.get(), failedOpen() - before);
    assertThat(failedOpen()).as("writes that passed unjudged").isEqualTo(before);
    assertThat(denied).as("judged of %s", asked).hasValue(asked.get());
  }

  /** An old one is told to end while new connections still come to it, for a moment. */
  private void replaceOldest() {
    LintelServer fresh = installation.launch();
    receiving.add(fresh);
    awaitReady(fresh);
    LintelServer old = receiving.getFirst();
    Future<?> gone =
        threads.submit(
            () -> {
              LockSupport.parkNanos(SPREADING.toNanos());
              receiving.remove(old);
            });
    LockSupport.parkNanos(shipped.preStop().toNanos());
    old.close(shipped.grace());
    assertThat(gone).succeedsWithin(SPREADING);
  }

  private LintelServer launch(ApiServer api, String token, Path certificates) {
    MemoryLimit limit = MemoryLimit.ofTheDeployment("lintel-rolling-" + limits.size());
    limits.add(limit);
    return LintelServer.start(
        Path.of("target", "apiserver", "rolling", "lintel-%d.log".formatted(limits.size())),
        api.kubeconfig("lintel", token),
        certificates,
        LintelServer.Launch.within(Optional.of(limit)).with(shipped.environment()));
  }

  /** As the endpoints of a Service: in turn, and only those that have said that they are ready. */
  private Optional<Integer> next() {
    List<LintelServer> ports =
        receiving.stream().filter(server -> ready.getOrDefault(server, false)).toList();
    return ports.isEmpty()
        ? Optional.empty()
        : Optional.of(ports.get(turn.getAndIncrement() % ports.size()).port());
  }

  private void probe() {
    while (!isOver) {
      receiving.forEach(server -> ready.put(server, server.saysItIsReady()));
      LockSupport.parkNanos(PROBE_PERIOD.toNanos());
    }
  }

  private void awaitReady(LintelServer server) {
    Eventually.holds(() -> assertThat(ready.getOrDefault(server, false)).isTrue());
  }

  private void write() {
    String bad = Manifests.service("default", "canary", "PreferClosest");
    while (!isOver) {
      boolean isDenied = writer.tryToCreate(Siege.services("default"), bad).isDenied();
      asked.incrementAndGet();
      if (isDenied) {
        denied.incrementAndGet();
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private double failedOpen() {
    return Siege.failedOpen(writer);
  }
}
