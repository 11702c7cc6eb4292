package dev.lintel.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.apiserver.Eventually;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ObjectWatchTest {

  private static final String PATH = "api/v1/services";
  private static final String WATCH = PATH + " {allowWatchBookmarks=true";
  private static final Selection SERVICES = new Selection("services", PATH, Optional.empty(), "");

  private final Progress progress = new Progress(new ClusterState());
  private final Map<String, String> told = new ConcurrentSkipListMap<>();
  private final AtomicLong listed = new AtomicLong();
  private final AtomicLong puts = new AtomicLong();
  private final AtomicLong later = new AtomicLong();
  private StubApiServer server;
  private KubernetesClient client;
  private ObjectWatch watch;

  @BeforeEach
  void prepare() throws IOException {
    server = new StubApiServer();
    client = server.client();
    watch =
        new ObjectWatch(
            new ApiServer(client),
            SERVICES,
            2,
            new Recorder(),
            progress,
            () -> System.nanoTime() + later.get());
  }

  @AfterEach
  void stop() {
    watch.close();
    client.close();
    server.close();
  }

  @Test
  void pagesAreReadOneAfterTheOther() {
    put("a", "b", "c", "d", "e");
    start();
    assertThat(told).containsOnlyKeys("shop/a", "shop/b", "shop/c", "shop/d", "shop/e");
    assertThat(server.requests(PATH + " {continue=4, limit=2}")).isEqualTo(1);
    assertThat(progress.missing()).doesNotContainKey("services");
  }

  @Test
  void aListThatTakesTooLongBeginsAnew() {
    put("a", "b", "c");
    server.expireNextPage();
    start();
    assertThat(told).hasSize(3);
    assertThat(server.requests(PATH + " {limit=2}")).isEqualTo(2);
  }

  @Test
  void aWatchThatEndsGoesOnFromWhereItWas() {
    start();
    put("a");
    Eventually.is("a", () -> told.containsKey("shop/a"));
    server.endWatches(PATH);
    put("b");
    Eventually.is("b", () -> told.containsKey("shop/b"));
    assertThat(server.requests(PATH + " {limit=2}")).isEqualTo(1);
    assertThat(server.requests(WATCH + ", resourceVersion=101")).isEqualTo(1);
  }

  @Test
  void aBookmarkMovesTheVersionOn() {
    start();
    server.send(
        PATH, "{\"type\":\"BOOKMARK\",\"object\":{\"metadata\":{\"resourceVersion\":\"150\"}}}\n");
    server.endWatches(PATH);
    Eventually.is("again", () -> server.requests(WATCH + ", resourceVersion=150") > 0);
  }

  @Test
  void whereTheVersionIsTooOldTheObjectsAreListedAgainAndThoseThatAreGoneAreTakenBack() {
    put("a", "b");
    start();
    server.removeSilently(PATH, "shop", "a");
    assertThat(told).containsKey("shop/a");
    server.send(PATH, "{\"type\":\"ERROR\",\"object\":{\"code\":410,\"message\":\"too old\"}}\n");
    Eventually.is("taken back", () -> !told.containsKey("shop/a"));
    assertThat(told).containsOnlyKeys("shop/b");
    assertThat(puts).as("what has not changed is not told again").hasValue(2);
    assertThat(listed).hasValue(1);
  }

  @Test
  void whatIsKnownStaysKnownWhileTheApiServerRefuses() {
    put("a");
    start();
    server.refuse(403);
    server.endWatches(PATH);
    Eventually.is("refused", () -> !watch.age().isZero());
    assertThat(told).containsOnlyKeys("shop/a");
    server.refuse(0);
    put("b");
    watch.hurry();
    Eventually.is("b", () -> told.containsKey("shop/b"));
    Eventually.is("fresh", () -> watch.age().isZero());
  }

  @Test
  void theReasonForADelayIsTold() {
    server.refuse(403);
    watch.start();
    Eventually.is("told", () -> "refused".equals(progress.missing().get("services")));
    server.refuse(0);
    Eventually.is("read", () -> !progress.missing().containsKey("services"));
  }

  @Test
  void anEventThatIsNoJsonBreaksTheWatchAndNothingElse() {
    start();
    server.send(PATH, "nonsense\n");
    put("a");
    Eventually.is("a", () -> told.containsKey("shop/a"));
  }

  @Test
  void aWatchThatIsSilentForTooLongIsMadeAnew() {
    start();
    later.set(ObjectWatch.SILENCE.plusSeconds(1).toNanos());
    assertThat(watch.age()).isGreaterThan(ObjectWatch.SILENCE);
    watch.checkSilence();
    Eventually.is("again", () -> server.requests(WATCH) > 1);
    Eventually.is("fresh", () -> watch.age().isZero());
  }

  @Test
  void aWatchThatWorksIsNotMadeAnew() {
    start();
    later.set(ObjectWatch.SILENCE.minusSeconds(30).toNanos());
    assertThat(watch.age()).isZero();
    watch.checkSilence();
    put("a");
    Eventually.is("a", () -> told.containsKey("shop/a"));
    assertThat(server.requests(WATCH)).isEqualTo(1);
  }

  @Test
  void aWatchThatHasBeenGivenUpIsMadeAnew() {
    start();
    watch.reconnect();
    put("a");
    Eventually.is("a", () -> told.containsKey("shop/a"));
    assertThat(server.requests(PATH + " {limit=2}")).isEqualTo(1);
  }

  @Test
  void whoForgetsTakesEverythingBack() {
    put("a", "b");
    start();
    watch.forget();
    assertThat(told).isEmpty();
    Eventually.is("closed", () -> ended());
  }

  @Test
  void afterTheEndNothingIsTold() {
    start();
    watch.close();
    Eventually.is("closed", () -> ended());
    put("a");
    assertThat(told).isEmpty();
  }

  private boolean ended() {
    server.send(PATH, " ");
    return !server.isWatched(PATH);
  }

  private void start() {
    watch.start();
    Eventually.is("watched", () -> server.isWatched(PATH) && watch.age().isZero());
  }

  private void put(String... names) {
    for (String name : names) {
      server.put(PATH, "shop", name, "");
    }
  }

  private final class Recorder implements ObjectListener {

    @Override
    public void put(WatchedObject object) {
      puts.incrementAndGet();
      told.put(object.id().key(), object.id().version());
    }

    @Override
    public void removed(ObjectId id) {
      told.remove(id.key());
    }

    @Override
    public void listed() {
      listed.incrementAndGet();
    }
  }
}
