package dev.lintel.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeartbeatTest {

  private final AtomicLong clock = new AtomicLong(1);
  private final Freshness freshness = new Freshness(clock::get, Stream::of);
  private final List<String> told = new ArrayList<>();
  private StubApiServer server;
  private KubernetesClient client;
  private Heartbeat heartbeat;

  @BeforeEach
  void prepare() throws IOException {
    server = new StubApiServer();
    client = server.client();
    heartbeat =
        new Heartbeat(
            new ApiServer(client),
            "api/v1/namespaces/lintel-system/configmaps/lintel-policy",
            freshness,
            new Heartbeat.Watches() {
              @Override
              public void reconnect() {
                told.add("reconnect");
              }

              @Override
              public void hurry() {
                told.add("hurry");
              }
            });
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 403, 404})
  void thatThereIsNothingToSeeIsAnAnswerToo(int code) {
    server.refuse(code);
    pass(Duration.ofSeconds(20));
    heartbeat.beat();
    assertThat(freshness.age()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 429, 500, 503})
  void anErrorIsNone(int code) {
    server.refuse(code);
    pass(Duration.ofSeconds(20));
    heartbeat.beat();
    assertThat(freshness.age()).isEqualTo(Duration.ofSeconds(20));
    assertThat(told).isEmpty();
  }

  @Test
  void whereNobodyListensThereIsNone() {
    server.close();
    pass(Duration.ofSeconds(20));
    heartbeat.beat();
    assertThat(freshness.age()).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void afterAWhileConnectionsAreGivenUpOnceAndMadeSoonerWhenThereIsAnAnswer() {
    server.refuse(500);
    pass(Duration.ofSeconds(31));
    heartbeat.beat();
    heartbeat.beat();
    assertThat(told).containsExactly("reconnect");
    server.refuse(0);
    heartbeat.beat();
    heartbeat.beat();
    assertThat(told).containsExactly("reconnect", "hurry");
  }

  private void pass(Duration time) {
    clock.addAndGet(time.toNanos());
  }
}
