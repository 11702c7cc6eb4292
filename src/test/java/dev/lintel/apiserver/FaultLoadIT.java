package dev.lintel.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;

/** Someone keeps Lintel busy, by what they write or at its port. */
@OnBesiegedServer
class FaultLoadIT {

  private static final int SERVICES = 1_000;
  private static final int HOSTS = 256;
  private static final int LOOPING_CALLERS = 16;
  private static final int CANARIES = 50;
  private static final int UNFINISHED = 500;
  private static final int AT_ONCE = 200;
  private static final int LARGE = 6 << 20;
  private static final int BEGINNING = 1 << 20;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Siege siege;

  FaultLoadIT(Siege siege) {
    this.siege = siege;
  }

  @Test
  void callersWhoLoopWithARuleForAllServicesTakeNobodyElsesTurn() {
    String services =
        IntStream.range(0, SERVICES)
            .mapToObj(i -> "- " + service("many-" + i))
            .collect(Collectors.joining("\n", "apiVersion: v1\nkind: List\nitems:\n", "\n"));
    siege.installation().kubectl().write(services, "create", "--validate=false").succeeds();
    try {
      String rule =
          Manifests.destinationRule(Siege.TENANT, "all", "host: \"*.local\"", "PASSTHROUGH");
      othersAreJudgedWhile(
          () -> siege.tenant().tryToCreate(Siege.rules(Siege.TENANT), rule).succeeds());
    } finally {
      siege
          .installation()
          .kubectl()
          .run("delete", "services", "-l", "many=1", "-n", Siege.OTHERS, "--wait=false")
          .succeeds();
    }
  }

  @Test
  void callersWhoLoopWithAServiceEntryOf256HostsTakeNobodyElsesTurn() {
    String hosts =
        IntStream.range(0, HOSTS)
            .mapToObj("h%d.example.com"::formatted)
            .collect(Collectors.joining(", "));
    String entry =
        """
        apiVersion: networking.istio.io/v1
        kind: ServiceEntry
        metadata: {name: many, namespace: tenant}
        spec: {hosts: [%s], ports: [{number: 80, name: http, protocol: HTTP}], resolution: DNS}
        """
            .formatted(hosts);
    othersAreJudgedWhile(
        () -> siege.tenant().tryToCreate(Siege.entries(Siege.TENANT), entry).succeeds());
  }

  @Test
  void unfinishedBodiesKeepNobodyWaiting() throws Exception {
    othersAreJudgedWhileSending(UNFINISHED, BEGINNING);
  }

  @Test
  void manyBodiesOf6MebibytesAtOnceKeepNobodyWaiting() throws Exception {
    othersAreJudgedWhileSending(AT_ONCE, LARGE);
  }

  /** Each of so many connections says that it has a large body, and sends so much of it. */
  private void othersAreJudgedWhileSending(int connections, int bytes) throws Exception {
    byte[] body = new byte[bytes];
    Arrays.fill(body, (byte) ' ');
    SSLSocketFactory tls = siege.lintel().trust().getSocketFactory();
    CountDownLatch underWay = new CountDownLatch(connections);
    List<Socket> sockets = new ArrayList<>();
    try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
      try {
        for (int i = 0; i < connections; i++) {
          // Closed below TLS, which would first wait for what is being written.
          Socket socket = new Socket(InetAddress.getLoopbackAddress(), siege.lintel().port());
          sockets.add(socket);
          senders.execute(
              () -> {
                send(tls, socket, body);
                underWay.countDown();
              });
        }
        // Those that Lintel does not read from stay where they are.
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        int tries = 0;
        int judged = 0;
        do {
          tries++;
          ApiClient.Reply reply = siege.canary();
          judged += reply.isDenied() ? 1 : 0;
          if (!reply.isDenied()) {
            System.out.println("not judged: " + reply.brief());
          }
        } while (tries < CANARIES
            || (System.nanoTime() < deadline && !underWay.await(0, TimeUnit.SECONDS)));
        System.out.printf("%d connections, %d of %d others judged%n", connections, judged, tries);
        // The senders take the processors of this machine too, so that now and then one is late.
        assertThat(judged).as("judged of %d", tries).isGreaterThanOrEqualTo(tries * 19 / 20);
      } finally {
        for (Socket socket : sockets) {
          socket.close();
        }
      }
    }
    siege.othersAreJudged();
    siege.lintel().isLive();
  }

  private void othersAreJudgedWhile(Runnable attack) {
    AtomicBoolean isOver = new AtomicBoolean();
    AtomicInteger attacks = new AtomicInteger();
    double before = siege.failedOpen();
    try (ExecutorService callers = Executors.newFixedThreadPool(LOOPING_CALLERS)) {
      List<Future<?>> loops = new ArrayList<>();
      for (int i = 0; i < LOOPING_CALLERS; i++) {
        loops.add(
            callers.submit(
                () -> {
                  while (!isOver.get()) {
                    attack.run();
                    attacks.incrementAndGet();
                  }
                }));
      }
      int judged = 0;
      try {
        Eventually.holds(() -> assertThat(attacks.get()).isGreaterThan(LOOPING_CALLERS));
        for (int i = 0; i < CANARIES; i++) {
          ApiClient.Reply reply = siege.canary();
          judged += reply.isDenied() ? 1 : 0;
          if (!reply.isDenied()) {
            System.out.println("not judged: " + reply.brief());
          }
        }
      } finally {
        isOver.set(true);
      }
      System.out.printf(
          "%d attacks, %d of %d others judged, %.0f writes failed open%n",
          attacks.get(), judged, CANARIES, siege.failedOpen() - before);
      assertThat(judged).as("judged of %d", CANARIES).isEqualTo(CANARIES);
      for (Future<?> loop : loops) {
        assertThat(loop).succeedsWithin(Duration.ofSeconds(60));
      }
    }
  }

  private static String service(String name) {
    return """
    {apiVersion: v1, kind: Service, metadata: {name: %s, namespace: others, labels: {many: "1"}}, \
    spec: {clusterIP: None, selector: {app: x}, ports: [{name: http, port: 80}]}}\
    """
        .formatted(name);
  }

  private static byte[] head(int length) {
    return """
    POST /validate?timeout=3s HTTP/1.1
    Host: lintel
    Content-Type: application/json
    Content-Length: %d

    """
        .formatted(length)
        .replace("\n", "\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** Whether a body is refused before or after it has been sent is Lintel's affair. */
  private static void send(SSLSocketFactory tls, Socket socket, byte[] body) {
    try {
      OutputStream out =
          tls.createSocket(socket, "localhost", socket.getPort(), true).getOutputStream();
      out.write(head(LARGE));
      out.write(body);
      out.flush();
    } catch (IOException e) {
      // It was turned away.
    }
  }
}
