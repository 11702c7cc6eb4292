package dev.lintel.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Lintel as its container runs it: a process of its own, with nothing but a token for the API
 * server.
 */
final class LintelServer implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Daemon process;
  private final int port;
  private final int managementPort;
  private final Path certificates;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  private LintelServer(Daemon process, int port, int managementPort, Path certificates) {
    this.process = process;
    this.port = port;
    this.managementPort = managementPort;
    this.certificates = certificates;
  }

  /**
   * How a server is started with the options that are shipped.
   *
   * @param prefix what stands before the command
   * @param environment what is set beside this JVM's own variables
   */
  record Launch(List<String> prefix, Map<String, String> environment, int port, int management) {

    /** Returns a launch on free ports within a limit of memory, or none. */
    static Launch within(Optional<MemoryLimit> limit) {
      return new Launch(
          limit.map(MemoryLimit::prefix).orElse(List.of()),
          limit.map(MemoryLimit::environment).orElse(Map.of()),
          ApiServer.freePort(),
          ApiServer.freePort());
    }

    /** Returns the same with a variable more. */
    Launch with(String variable, String value) {
      return with(Map.of(variable, value));
    }

    /** Returns the same with more variables. */
    Launch with(Map<String, String> variables) {
      Map<String, String> more = new HashMap<>(environment);
      more.putAll(variables);
      return new Launch(prefix, Map.copyOf(more), port, management);
    }
  }

  /** Starts a server by {@code bin/lintel}, without waiting for it. */
  static LintelServer start(Path log, Path kubeconfig, Path certificates, Launch launch) {
    List<String> options =
        List.of(
            "--tls-cert=" + certificates.resolve("tls.crt"),
            "--tls-key=" + certificates.resolve("tls.key"));
    return start(log, kubeconfig, certificates, options, launch);
  }

  /** Starts a server that looks after its certificate itself, without waiting for it. */
  static LintelServer startSelfManaged(Path log, Path kubeconfig, Launch launch) {
    return start(log, kubeconfig, Path.of("nowhere"), List.of(), launch);
  }

  private static LintelServer start(
      Path log, Path kubeconfig, Path certificates, List<String> options, Launch launch) {
    Map<String, String> environment = new HashMap<>(launch.environment);
    environment.put("KUBECONFIG", kubeconfig.toString());
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    List<String> command = new ArrayList<>(launch.prefix);
    command.addAll(
        List.of(
            "bin/lintel",
            "serve",
            "--port=" + launch.port,
            "--management-port=" + launch.management));
    command.addAll(options);
    return new LintelServer(
        Daemon.start(log, environment, command), launch.port, launch.management, certificates);
  }

  /**
   * Starts a server, without waiting for it.
   *
   * @param kubeconfig how it reaches the API server
   * @param certificates a folder with tls.crt and tls.key
   */
  static LintelServer start(String name, Path kubeconfig, Path certificates) {
    int port = ApiServer.freePort();
    int managementPort = ApiServer.freePort();
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return new LintelServer(
        Daemon.start(
            Path.of("target", "apiserver", name, "lintel.log"),
            Map.of("KUBECONFIG", kubeconfig.toString()),
            List.of(
                java.toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                System.getProperty("lintel.jar"),
                "serve",
                "--port=" + port,
                "--management-port=" + managementPort,
                "--tls-cert=" + certificates.resolve("tls.crt"),
                "--tls-key=" + certificates.resolve("tls.key"))),
        port,
        managementPort,
        certificates);
  }

  /** Tells whether the server says it is ready; a server that does not answer is not. */
  boolean saysItIsReady() {
    try {
      return get("health/ready").statusCode() == 200;
    } catch (AssertionError e) {
      return false;
    }
  }

  /** Asserts that the server says it is alive. */
  void isLive() {
    HttpResponse<String> answer = get("health/live");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  /** Returns what the server says of its readiness. */
  String readiness() {
    return get("health/ready").body();
  }

  /** Returns the names, labels and values of all metrics. */
  String metrics() {
    return get("metrics").body();
  }

  /** Returns what the server answers to an admission review that comes past the API server. */
  String review(String review) {
    try (HttpClient direct =
        HttpClient.newBuilder()
            .sslContext(trust())
            .version(Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build()) {
      URI uri = URI.create("https://127.0.0.1:%d/validate?timeout=3s".formatted(port));
      HttpResponse<String> answer =
          direct.send(
              HttpRequest.newBuilder(uri)
                  .timeout(PATIENCE)
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofString(review))
                  .build(),
              BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      return answer.body();
    } catch (IOException e) {
      throw new AssertionError("no answer to a review:%n%s".formatted(process.output()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Returns a context that trusts the authority of the server's certificate. */
  SSLContext trust() {
    return Trust.in(certificates.resolve("ca.crt"));
  }

  /** Asserts that the process has not ended. */
  void runs() {
    process.assertRuns();
  }

  /** Tells whether the process has not ended. */
  boolean isAlive() {
    return process.isAlive();
  }

  /** Tells whether the log has a text. */
  boolean hasLogged(String text) {
    return process.hasPrinted(text);
  }

  /** Ends the process at once, as SIGKILL does. */
  void kill() {
    process.kill();
  }

  /** Returns the port for HTTPS. */
  int port() {
    return port;
  }

  /** Asserts that the server says it is ready. */
  void isReady() {
    HttpResponse<String> answer = get("health/ready");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  /** Asserts that the server runs and says that it is not ready, and why. */
  void isNotReadyFor(String reason) {
    HttpResponse<String> answer = get("health/ready");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
    assertThat(answer.body()).contains(reason);
  }

  /** Returns the value of a metric, which is 0 as long as it has not been counted. */
  double metric(String nameAndLabels) {
    return get("metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(nameAndLabels + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  private HttpResponse<String> get(String path) {
    process.assertRuns();
    URI uri = URI.create("http://127.0.0.1:%d/q/%s".formatted(managementPort, path));
    try {
      return client.send(
          HttpRequest.newBuilder(uri).timeout(PATIENCE).build(), BodyHandlers.ofString());
    } catch (ConnectException e) {
      throw new AssertionError("not listening yet:%n%s".formatted(process.output()), e);
    } catch (IOException e) {
      throw new AssertionError("no answer from " + uri, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Asks the process to end, and kills it if it has not done so in time. */
  void close(Duration grace) {
    client.close();
    process.close(grace);
  }

  @Override
  public void close() {
    client.close();
    process.close();
  }
}
