package dev.lintel.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Lintel as its container runs it: a process of its own, with nothing but a token for the API
 * server.
 */
final class LintelServer implements AutoCloseable {

  private final Daemon process;
  private final int port;
  private final int managementPort;
  private final HttpClient client = HttpClient.newHttpClient();

  private LintelServer(Daemon process, int port, int managementPort) {
    this.process = process;
    this.port = port;
    this.managementPort = managementPort;
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
        managementPort);
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
      return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    } catch (ConnectException e) {
      throw new AssertionError("not listening yet:%n%s".formatted(process.output()), e);
    } catch (IOException e) {
      throw new AssertionError("no answer from " + uri, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    client.close();
    process.close();
  }
}
