package dev.lintel.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A real kube-apiserver with its etcd, and nothing else: no controllers, no scheduler, no kubelet.
 * What those would write, tests write.
 */
final class ApiServer implements AutoCloseable {

  private static final Path LOGS = Path.of("target", "apiserver");
  private static final String ADMIN = "admin-of-the-tests";

  private final Path binaries;
  private final Path folder;
  private final int port = freePort();
  private final int etcdPort = freePort();
  private final Path logs;
  private Optional<Daemon> etcd = Optional.empty();
  private Optional<Daemon> server = Optional.empty();

  private ApiServer(Path binaries, Path folder, Path logs) {
    this.binaries = binaries;
    this.folder = folder;
    this.logs = logs;
  }

  /**
   * Starts a server and waits until it is ready.
   *
   * @param name tells its logs from those of others
   */
  static ApiServer start(String name) {
    try {
      ApiServer made =
          new ApiServer(
              binaries(), Files.createTempDirectory("lintel-apiserver"), LOGS.resolve(name));
      made.write("accounts.key", accountKey());
      made.write("tokens.csv", "%1$s,%1$s,1,system:masters%n".formatted(ADMIN));
      made.kubeconfig(ADMIN, ADMIN);
      made.startEtcd();
      made.startServer();
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns kubectl for someone who may do everything. */
  Kubectl kubectl() {
    return new Kubectl(binaries.resolve("kubectl"), folder.resolve(ADMIN), folder);
  }

  /** Returns a file with which a client meets this server as the owner of a token. */
  Path kubeconfig(String user, String token) {
    return kubeconfig(user, token, port);
  }

  /** Returns the same for a client that reaches this server by another port, through a proxy. */
  Path kubeconfig(String user, String token, int port) {
    return write(
        user,
        """
        apiVersion: v1
        kind: Config
        clusters: [{name: test, cluster: {server: "https://127.0.0.1:%d", certificate-authority: "%s"}}]
        users: [{name: test, user: {token: "%s"}}]
        contexts: [{name: test, context: {cluster: test, user: test}}]
        current-context: test
        """
            .formatted(port, folder.resolve("tls/apiserver.crt"), token));
  }

  /** Returns the port for HTTPS. */
  int port() {
    return port;
  }

  /** Returns a client for the owner of a token. */
  ApiClient client(String token) {
    return new ApiClient(
        URI.create("https://127.0.0.1:" + port),
        Trust.in(folder.resolve("tls/apiserver.crt")),
        token);
  }

  /** Returns a client for someone who may do everything. */
  ApiClient client() {
    return client(ADMIN);
  }

  /** Forgets every version of every object but the newest. */
  void compact() {
    try (HttpClient client = HttpClient.newHttpClient()) {
      Matcher revision =
          Pattern.compile("\"revision\":\"(\\d+)\"")
              .matcher(etcd(client, "range", "{\"key\": \"AA==\"}"));
      assertThat(revision.find()).isTrue();
      etcd(
          client,
          "compaction",
          "{\"revision\": \"%s\", \"physical\": true}".formatted(revision.group(1)));
    }
  }

  private String etcd(HttpClient client, String call, String request) {
    try {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(URI.create(etcdUrl() + "/v3/kv/" + call))
                  .POST(BodyPublishers.ofString(request))
                  .build(),
              BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      return answer.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Returns a port that nobody listens on. */
  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    stopServer();
    etcd.ifPresent(Daemon::close);
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path binaries() {
    String assets = System.getenv("KUBEBUILDER_ASSETS");
    assertThat(assets)
        .as(
            "KUBEBUILDER_ASSETS names the folder with kube-apiserver, etcd and kubectl; `make test`"
                + " sets it, tools/envtest.sh prints one, and -Dlintel.apiserver=skip does without")
        .isNotBlank();
    return Path.of(assets).toAbsolutePath();
  }

  private void startEtcd() {
    etcd =
        Optional.of(
            Daemon.start(
                logs.resolve("etcd.log"),
                Map.of(),
                List.of(
                    binaries.resolve("etcd").toString(),
                    "--data-dir=" + folder.resolve("etcd"),
                    "--listen-client-urls=" + etcdUrl(),
                    "--advertise-client-urls=" + etcdUrl(),
                    "--listen-peer-urls=http://127.0.0.1:" + freePort(),
                    "--log-level=error",
                    "--unsafe-no-fsync")));
  }

  /** Starts the server, again if need be, on the same port and with the same objects. */
  void startServer() {
    Daemon started =
        Daemon.start(
            logs.resolve("kube-apiserver.log"),
            Map.of(),
            List.of(
                binaries.resolve("kube-apiserver").toString(),
                "--etcd-servers=" + etcdUrl(),
                "--bind-address=127.0.0.1",
                "--secure-port=" + port,
                "--cert-dir=" + folder.resolve("tls"),
                "--token-auth-file=" + folder.resolve("tokens.csv"),
                "--authorization-mode=RBAC",
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-signing-key-file=" + folder.resolve("accounts.key"),
                "--service-account-key-file=" + folder.resolve("accounts.key"),
                "--service-cluster-ip-range=10.96.0.0/16",
                "--endpoint-reconciler-type=none",
                // Pods need no ServiceAccount, which a controller would have to make first.
                "--disable-admission-plugins=ServiceAccount"));
    server = Optional.of(started);
    Eventually.holds(
        () -> {
          etcd.ifPresent(Daemon::assertRuns);
          started.assertRuns();
          kubectl().run("get", "--raw=/readyz").succeeds();
        });
  }

  /** Stops the server; its objects remain. */
  void stopServer() {
    server.ifPresent(Daemon::close);
  }

  /** Lets the server keep its connections and do nothing. */
  void freeze() {
    server.ifPresent(running -> running.signal("STOP"));
  }

  /** Lets a frozen server go on. */
  void thaw() {
    server.ifPresent(running -> running.signal("CONT"));
  }

  private String etcdUrl() {
    return "http://127.0.0.1:" + etcdPort;
  }

  private Path write(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String accountKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return "-----BEGIN PRIVATE KEY-----%n%s%n-----END PRIVATE KEY-----%n"
          .formatted(
              Base64.getMimeEncoder()
                  .encodeToString(generator.generateKeyPair().getPrivate().getEncoded()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
