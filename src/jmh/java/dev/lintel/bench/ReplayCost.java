package dev.lintel.bench;

import dev.lintel.mesh.Platform;
import dev.lintel.policy.Policy;
import dev.lintel.replay.Outcome;
import dev.lintel.replay.Replay;
import dev.lintel.state.Existing;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What an event of an audit log costs in {@code lintel replay}. */
final class ReplayCost {

  private static final int EVENTS = 20_000;
  private static final int OBJECTS = 2_000;
  private static final int RUNS = 4;

  private static final String SERVICE =
      """
      {"apiVersion":"v1","kind":"Service","metadata":{"name":"svc-%1$d","namespace":"team-%2$d","annotations":{"example.com/revision":"%3$d"}},"spec":{"clusterIP":"10.0.0.1","selector":{"app":"svc-%1$d"},"ports":[{"name":"http","port":%3$d,"protocol":"TCP"}]}}\
      """;

  private static final String RULE =
      """
      {"apiVersion":"networking.istio.io/v1","kind":"DestinationRule","metadata":{"name":"svc-%1$d","namespace":"team-%2$d"},"spec":{"host":"svc-%1$d","trafficPolicy":{"connectionPool":{"tcp":{"maxConnections":%3$d}}}}}\
      """;

  private static final String EVENT =
      """
      {"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"RequestResponse","stage":"ResponseComplete","verb":"update","requestURI":"/","user":{"username":"system:serviceaccount:flux:apply"},"objectRef":{"resource":"%s","apiGroup":"%s","namespace":"team-%d","name":"svc-%d"},"responseStatus":{"code":200},"requestObject":%s,"responseObject":%s,"requestReceivedTimestamp":"2026-11-01T08:15:00.000001Z"}
      """;

  private ReplayCost() {}

  /** Prints what an event costs, in the first run of a process and in those that follow. */
  static void measure(PrintStream out) throws IOException {
    byte[] log = log().getBytes(StandardCharsets.UTF_8);
    out.printf("%nReplaying %,d writes of an audit log; microseconds for each:", EVENTS);
    for (int run = 0; run < RUNS; run++) {
      Replay replay =
          new Replay(Existing.of(Platform.AUTO, List.of()), Policy.DEFAULT, Duration.ofHours(1));
      long start = System.nanoTime();
      Outcome outcome = replay.run(new ByteArrayInputStream(log), () -> {});
      long micros = (System.nanoTime() - start) / 1_000;
      if (outcome.judged() != EVENTS) {
        throw new IllegalStateException("only %d judged".formatted(outcome.judged()));
      }
      out.printf(Locale.ROOT, " %.1f", (double) micros / EVENTS);
    }
    out.println();
  }

  private static String log() {
    StringBuilder log = new StringBuilder();
    for (int i = 0; i < EVENTS; i++) {
      int object = (i * 7919) % OBJECTS;
      boolean isRule = i % 5 == 0;
      String written = (isRule ? RULE : SERVICE).formatted(object, object / 100, 1 + i / OBJECTS);
      log.append(
          EVENT.formatted(
              isRule ? "destinationrules" : "services",
              isRule ? "networking.istio.io" : "",
              object / 100,
              object,
              written,
              written));
    }
    return log.toString();
  }
}
