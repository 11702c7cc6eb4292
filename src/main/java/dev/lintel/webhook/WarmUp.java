package dev.lintel.webhook;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.HttpServer;
import io.quarkus.vertx.http.HttpsServerStart;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * Judges a sample of every rule before the first review comes, and calls this process over HTTPS:
 * code that has never run is so slow that the API server would not wait for it, and that a few
 * large bodies would hold up everybody's handshakes. Whatever happens here, it ends, and Lintel
 * serves.
 */
@Singleton
class WarmUp {

  private static final Logger LOG = Logger.getLogger(WarmUp.class);
  private static final int MORE_ROUNDS = 9;
  private static final int HANDSHAKES = 10;
  private static final int CALL_ROUNDS = 1;

  /** As many bytes as it takes till what decrypts them has been compiled. */
  private static final int LARGE = 4 << 20;

  private static final int LARGE_CALLS = 4;

  private final Admission admission;
  private final ReviewRoutes routes;
  private final Vertx vertx;
  private final Router router;
  private final HttpServer server;
  private final Duration timeout;
  private final CountDownLatch isListening = new CountDownLatch(1);
  private final long start = System.nanoTime();
  private volatile boolean isOver;
  private volatile boolean isStopped;

  WarmUp(
      Admission admission,
      ReviewRoutes routes,
      Vertx vertx,
      Router router,
      HttpServer server,
      ServingConfig config) {
    this.admission = admission;
    this.routes = routes;
    this.vertx = vertx;
    this.router = router;
    this.server = server;
    this.timeout = config.warmUpTimeout();
  }

  void begin(@Observes StartupEvent event) {
    Thread.ofPlatform().name("lintel-warm-up").daemon().start(this::run);
  }

  void listens(@ObservesAsync HttpsServerStart event) {
    isListening.countDown();
  }

  void stop(@Observes ShutdownEvent event) {
    isStopped = true;
  }

  /** Tells whether reviews will be answered as fast as they should. */
  boolean isOver() {
    return isOver;
  }

  private void run() {
    try {
      warmUp();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      LOG.warnf("not warm, the first answers may be slow: %s", e);
    } finally {
      isOver = true;
    }
  }

  private void warmUp()
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    List<WarmUpSample> samples = WarmUpSample.all();
    Rehearsal rehearsal = new Rehearsal(admission);
    int judged = judge(rehearsal, samples, 1);
    int called =
        isListening.await(Math.max(0, left().toMillis()), TimeUnit.MILLISECONDS)
            ? call(rehearsal, samples)
            : 0;
    judged += judge(rehearsal, samples, MORE_ROUNDS);
    LOG.infof(
        "%s after %d ms: %d samples judged, %d calls",
        isLate() ? "not warm yet, but ready" : "warm", elapsed().toMillis(), judged, called);
  }

  private int judge(Rehearsal rehearsal, List<WarmUpSample> samples, int rounds) {
    int judged = 0;
    for (int i = 0; i < rounds * samples.size() && !isLate(); i++) {
      rehearsal.review(samples.get(i % samples.size()));
      judged++;
    }
    return judged;
  }

  /** Until the end of this, there is one more path, whose name nobody else knows. */
  private int call(Rehearsal rehearsal, List<WarmUpSample> samples)
      throws InterruptedException, ExecutionException, TimeoutException {
    String path = "/" + UUID.randomUUID();
    Route route = router.route(path).handler(context -> routes.take(context, vertx, rehearsal));
    int port = server.getSecurePort();
    int calls = 0;
    try (SelfCall fresh = new SelfCall(vertx, port, path, false);
        SelfCall kept = new SelfCall(vertx, port, path, true)) {
      for (int i = 0; i < HANDSHAKES && !isLate(); i++) {
        calls += send(fresh, rehearsal, samples.get(i % samples.size()), 0);
      }
      for (int i = 0; i < LARGE_CALLS && !isLate(); i++) {
        calls += send(kept, rehearsal, samples.get(i % samples.size()), LARGE);
      }
      for (int i = 0; i < CALL_ROUNDS * samples.size() && !isLate(); i++) {
        calls += send(kept, rehearsal, samples.get(i % samples.size()), 0);
      }
    } finally {
      route.remove();
    }
    return calls;
  }

  /** Sends a sample, with blanks behind it up to a length. */
  private int send(SelfCall client, Rehearsal rehearsal, WarmUpSample sample, int length)
      throws InterruptedException, ExecutionException, TimeoutException {
    rehearsal.perform(sample);
    byte[] review = sample.body();
    byte[] sent = Arrays.copyOf(review, Math.max(review.length, length));
    Arrays.fill(sent, review.length, sent.length, (byte) ' ');
    int status = client.send(sent, left());
    if (status != 200) {
      throw new ExecutionException("answered itself with " + status, null);
    }
    return 1;
  }

  private boolean isLate() {
    return isStopped || left().isNegative();
  }

  private Duration left() {
    return timeout.minus(elapsed());
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
