package dev.lintel.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.apiserver.Eventually;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * A process of its own, with the memory of the shipped container, and clients that mean no good.
 */
class ServingIT {

  private static final int OTHERS = 50;

  @Test
  void fiveHundredUnfinishedBodiesKeepNobodyFromAnAnswer() throws Exception {
    try (LintelProcess lintel = LintelProcess.start(Map.of());
        ExecutorService threads = Executors.newFixedThreadPool(20)) {
      byte[] part = new byte[200 << 10];
      List<Future<Socket>> sockets = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        sockets.add(threads.submit(() -> lintel.send(256 << 10, part)));
      }
      List<String> unanswered = others(lintel);
      for (Future<Socket> socket : sockets) {
        socket.get(); // all of them, before the second half
      }
      unanswered.addAll(others(lintel));
      assertThat(unanswered).as("of %d others: %s", 2 * OTHERS, lintel.said()).isEmpty();
      assertThat(lintel.metric("lintel_shed_total{reason=\"unfinished\"}")).isPositive();
      Eventually.holds(() -> assertThat(held(lintel)).isZero());
      closeAll(sockets);
    }
  }

  @Test
  void twoHundredLargeBodiesAtOnceKeepNobodyFromAnAnswer() throws Exception {
    byte[] large = Arrays.copyOf(Reviews.named("cart", "eve", "eve"), 6 << 20);
    Arrays.fill(large, Reviews.named("cart", "eve", "eve").length, large.length, (byte) ' ');
    try (LintelProcess lintel = LintelProcess.start(Map.of());
        ExecutorService threads = Executors.newFixedThreadPool(200)) {
      List<Future<Socket>> sockets = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        sockets.add(threads.submit(() -> lintel.send(large.length, large)));
      }
      List<String> unanswered = others(lintel);
      closeAll(sockets);
      // The senders take the processors of this machine too, so that now and then one is late.
      assertThat(unanswered)
          .as("of %d others: %s", OTHERS, lintel.said())
          .hasSizeLessThanOrEqualTo(OTHERS / 20);
      assertThat(lintel.metric("lintel_shed_total{reason=\"bytes\"}")).isPositive();
      Eventually.holds(() -> assertThat(held(lintel)).isZero());
    }
  }

  @Test
  void aProcessThatIsAskedToEndAnswersOnAndSendsItsClientsElsewhere() throws Exception {
    try (LintelProcess lintel = LintelProcess.start(Map.of("QUARKUS_SHUTDOWN_DELAY", "20s"))) {
      assertThat(lintel.answer(Reviews.named("cart", "shop", "ann")))
          .startsWith("200 ")
          .doesNotContain("connection=[close]");
      lintel.terminate();
      Eventually.holds(() -> lintel.isReady(false));
      for (int i = 0; i < 5; i++) {
        assertThat(lintel.answer(Reviews.named("cart", "shop", "ann")))
            .startsWith("200 ")
            .contains("connection=[close]", "\"allowed\":true");
      }
      lintel.awaitEnd();
    }
  }

  @Test
  void nothingOfTheWarmUpIsCounted() throws Exception {
    try (LintelProcess lintel = LintelProcess.start(Map.of())) {
      assertThat(lintel.metric("lintel_admission_requests_total")).isZero();
      assertThat(lintel.metric("lintel_findings_total")).isZero();
      assertThat(lintel.said())
          .containsPattern("warm.* after \\d+ ms: [1-9]\\d* samples judged, [1-9]\\d* calls");
    }
  }

  /** Returns the answers that are none. */
  private static List<String> others(LintelProcess lintel) throws Exception {
    List<String> bad = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> answers = new ArrayList<>();
      for (int i = 0; i < OTHERS; i++) {
        String name = "other-" + i;
        answers.add(threads.submit(() -> lintel.answer(Reviews.named("cart", name, name))));
        TimeUnit.MILLISECONDS.sleep(40);
      }
      for (Future<String> answer : answers) {
        try {
          if (!answer.get().startsWith("200 ") || answer.get().contains("warnings")) {
            bad.add(answer.get());
          }
        } catch (java.util.concurrent.ExecutionException e) {
          bad.add(String.valueOf(e.getCause()));
        }
      }
    }
    return bad;
  }

  private static double held(LintelProcess lintel) {
    try {
      return lintel.metric("lintel_body_bytes_in_flight");
    } catch (Exception e) {
      throw new AssertionError("no metrics", e);
    }
  }

  private static void closeAll(List<Future<Socket>> sockets) throws InterruptedException {
    for (Future<Socket> socket : sockets) {
      try {
        socket.get().close();
      } catch (java.util.concurrent.ExecutionException | IOException e) {
        // It was refused while it still sent, which is as good.
      }
    }
  }
}
