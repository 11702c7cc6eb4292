package dev.lintel.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Measures round trips over HTTPS with kept-alive connections: reviews that are judged, one with
 * and one without a denial, beside reviews of the same length about a kind that Lintel does not
 * read, which the same server reads and lets pass. The difference is what judging costs.
 */
final class RoundTrips {

  private static final Pattern PORT = Pattern.compile("https://[^ ]*:(\\d+)");
  private static final Pattern CERTIFICATE = Pattern.compile("certificate: (.*)$");
  private static final int WARM_UP = 15_000;
  private static final int REQUESTS = 10_000;

  private RoundTrips() {}

  /**
   * Starts {@code bin/lintel serve} on a folder of manifests, and measures.
   *
   * @param folder the folder
   * @param out where the table goes
   */
  static void measure(String folder, PrintStream out) throws Exception {
    Process server =
        new ProcessBuilder(
                "bin/lintel", "serve", "--topology", folder, "--port=0", "--management-port=0")
            .redirectErrorStream(true)
            .start();
    try {
      BufferedReader output = server.inputReader();
      SSLContext trust = trusting(Path.of(await(output, CERTIFICATE)));
      int port = Integer.parseInt(await(output, PORT));
      // Whatever it still says must not fill the pipe.
      Thread.startVirtualThread(() -> output.lines().forEach(line -> {}));
      measure(trust, port, out);
    } finally {
      server.destroy();
    }
  }

  private static void measure(SSLContext trust, int port, PrintStream out) throws Exception {
    URI uri = URI.create("https://localhost:" + port + "/validate?timeout=3s");
    HttpRequest pass = request(uri, review("x", "Servant", "PreferSameZone"));
    Map<String, HttpRequest> judged = new LinkedHashMap<>();
    judged.put("judge", request(uri, review("", "Service", "PreferSameZone")));
    judged.put("deny", request(uri, review("", "Service", "PreferClosest")));
    out.println("HTTPS round trips; microseconds, one run on this machine.");
    out.printf("%-12s %12s %10s %10s %12s%n", "connections", "what", "p50", "p99", "p50 / pass");
    for (int connections : List.of(1, 4)) {
      run(trust, pass, connections, WARM_UP);
      long[] base = run(trust, pass, connections, REQUESTS);
      row(out, connections, "pass", base, base);
      for (Map.Entry<String, HttpRequest> request : judged.entrySet()) {
        run(trust, request.getValue(), connections, WARM_UP);
        long[] times = run(trust, request.getValue(), connections, REQUESTS);
        row(out, connections, request.getKey(), times, base);
      }
    }
  }

  private static void row(
      PrintStream out, int connections, String what, long[] times, long[] base) {
    out.printf(
        Locale.ROOT,
        "%-12d %12s %10.0f %10.0f %12.2f%n",
        connections,
        what,
        percentile(times, 50) / 1e3,
        percentile(times, 99) / 1e3,
        (double) percentile(times, 50) / percentile(base, 50));
  }

  private static long percentile(long[] sorted, int percent) {
    return sorted[(sorted.length - 1) * percent / 100];
  }

  /** Returns how long each request took, in nanoseconds, ascending. */
  private static long[] run(SSLContext trust, HttpRequest request, int connections, int requests)
      throws InterruptedException, ExecutionException {
    try (ExecutorService clients = Executors.newFixedThreadPool(connections)) {
      List<Future<long[]>> parts = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        parts.add(clients.submit(() -> oneConnection(trust, request, requests / connections)));
      }
      LongStream all = LongStream.empty();
      for (Future<long[]> part : parts) {
        all = LongStream.concat(all, Arrays.stream(part.get()));
      }
      return all.sorted().toArray();
    }
  }

  private static long[] oneConnection(SSLContext trust, HttpRequest request, int requests)
      throws IOException, InterruptedException {
    long[] times = new long[requests];
    try (HttpClient client =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).sslContext(trust).build()) {
      for (int i = 0; i < requests; i++) {
        long start = System.nanoTime();
        HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());
        times[i] = System.nanoTime() - start;
        if (answer.statusCode() != 200) {
          throw new IllegalStateException("answered " + answer.statusCode());
        }
      }
    }
    return times;
  }

  private static HttpRequest request(URI uri, String body) {
    return HttpRequest.newBuilder(uri)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  private static String review(String group, String kind, String distribution) {
    return """
    {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": {
      "uid": "705ab4f5-6393-11e8-b7cc-42010a800002",
      "kind": {"group": "%s", "version": "v1", "kind": "%s"},
      "operation": "CREATE", "dryRun": true, "namespace": "shop", "name": "reviews",
      "userInfo": {"username": "alice", "groups": ["system:authenticated"]},
      "object": {"apiVersion": "v1", "kind": "%s",
        "metadata": {"name": "reviews", "namespace": "shop", "labels": {"app": "reviews"},
          "annotations": {"networking.istio.io/traffic-distribution": "%s"}},
        "spec": {"selector": {"app": "reviews"}, "clusterIP": "10.96.1.1",
          "ports": [{"name": "http", "port": 8080}]}}}}
    """
        .formatted(group, kind, kind, distribution);
  }

  private static String await(BufferedReader output, Pattern wanted) throws IOException {
    StringBuilder said = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher found = wanted.matcher(line);
      if (found.find()) {
        return found.group(1);
      }
      said.append(line).append('\n');
    }
    throw new IllegalStateException("the server did not start:\n" + said);
  }

  private static SSLContext trusting(Path file) throws IOException, GeneralSecurityException {
    Certificate certificate;
    try (var in = Files.newInputStream(file)) {
      certificate = CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    store.setCertificateEntry("lintel", certificate);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
