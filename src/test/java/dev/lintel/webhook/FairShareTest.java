package dev.lintel.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.apiserver.Eventually;
import dev.lintel.cli.ServerResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What some callers' reviews cost is not paid by the others. */
@QuarkusTest
@QuarkusTestResource(ServerResource.class)
@TestProfile(OddJudges.Profile.class)
class FairShareTest {

  private static final int OTHERS = 50;
  private static final int CONNECTIONS_OF_A_CALLER = 40;

  /** Some are under way when another comes, and some end while the machine is busy elsewhere. */
  private static final int OVERTAKEN_BY = 12;

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TestHTTPResource(value = "/validate?timeout=30s", tls = true)
  URI validate;

  @TestHTTPResource(value = "/q/", management = true)
  URI management;

  @ConfigProperty(name = "lintel.certificate.file")
  java.nio.file.Path certificate;

  private HttpClient client = HttpClient.newHttpClient();

  @BeforeEach
  void trust() throws Exception {
    client = Clients.trusting(certificate);
  }

  @AfterEach
  void close() {
    client.shutdownNow();
  }

  @Test
  void twoCallersWithCostlyReviewsKeepNobodyElseWaiting() throws Exception {
    AtomicBoolean isOver = new AtomicBoolean();
    List<Integer> overtaken = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (String caller : List.of("ann", "bob")) {
        for (int i = 0; i < CONNECTIONS_OF_A_CALLER; i++) {
          threads.submit(() -> loop(caller, isOver));
        }
      }
      Eventually.holds(() -> assertThat(OddJudges.SLOW_ONES.get()).isGreaterThan(20));
      for (int i = 0; i < OTHERS; i++) {
        int before = OddJudges.SLOW_ONES.get();
        assertThat(answer(Reviews.named("cart", "other-" + i, "other-" + i)))
            .contains("\"allowed\":true")
            .doesNotContain("warnings");
        overtaken.add(OddJudges.SLOW_ONES.get() - before);
      }
      isOver.set(true);
    }
    overtaken.sort(null);
    // Where the machine stands still for a moment, a count says nothing: half of them must do.
    assertThat(overtaken.get(OTHERS / 2)).as("%s", overtaken).isLessThan(OVERTAKEN_BY);
  }

  @Test
  void whoHasTooMuchUnderWayIsToldAtOnce() throws Exception {
    CompletableFuture<String> told = new CompletableFuture<>();
    byte[] review = Reviews.named(OddJudges.WAITING, "eager", "eager");
    for (int i = 0; i < 100; i++) {
      Thread.ofVirtual().start(() -> tell(review, told));
    }
    assertThat(told.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
        .contains("\"allowed\":true", "lintel is busy with other writes of yours");
    OddJudges.GO.countDown();
  }

  @Test
  void aReviewWithoutAnEndKeepsNobodyWaitingAndShowsInLiveness() throws Exception {
    Eventually.holds(() -> assertThat(Clients.status(client, live())).isEqualTo(200));
    for (int i = 0; i < 4; i++) {
      assertThat(answer(hasty(), Reviews.named(OddJudges.HANGING, "eve", "eve")))
          .contains("\"allowed\":true", "could not judge this write");
      assertThat(answer(Reviews.named("cart", "ann", "shop")))
          .contains("\"allowed\":true")
          .doesNotContain("warnings");
    }
    Eventually.holds(() -> assertThat(Clients.status(client, live())).isEqualTo(503));
  }

  private void tell(byte[] review, CompletableFuture<String> told) {
    try {
      String answer = answer(review);
      if (answer.contains("busy")) {
        told.complete(answer);
      }
    } catch (Exception e) {
      // Closed at the end of the test, as it should be.
    }
  }

  private void loop(String caller, AtomicBoolean isOver) {
    while (!isOver.get()) {
      try {
        answer(Reviews.named(OddJudges.SLOW, caller, caller));
      } catch (Exception e) {
        // It has its own trouble, which is not looked at here.
      }
    }
  }

  private URI live() {
    return management.resolve("/q/health/live");
  }

  private URI hasty() {
    return validate.resolve("/validate?timeout=2s");
  }

  private String answer(byte[] review) throws Exception {
    return answer(validate, review);
  }

  private String answer(URI uri, byte[] review) throws Exception {
    return Clients.post(client, uri, review, PATIENCE).body();
  }
}
