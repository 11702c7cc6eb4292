package dev.lintel.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
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
  private final int port;
  private final List<Daemon> daemons = new ArrayList<>();

  private ApiServer(Path binaries, Path folder, int port) {
    this.binaries = binaries;
    this.folder = folder;
    this.port = port;
  }

  /**
   * Starts a server and waits until it is ready.
   *
   * @param name tells its logs from those of others
   */
  static ApiServer start(String name) {
    try {
      ApiServer server =
          new ApiServer(binaries(), Files.createTempDirectory("lintel-apiserver"), freePort());
      server.start(LOGS.resolve(name));
      return server;
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
    daemons.reversed().forEach(Daemon::close);
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

  private void start(Path logs) {
    String etcd = "http://127.0.0.1:" + freePort();
    daemons.add(
        Daemon.start(
            logs.resolve("etcd.log"),
            Map.of(),
            List.of(
                binaries.resolve("etcd").toString(),
                "--data-dir=" + folder.resolve("etcd"),
                "--listen-client-urls=" + etcd,
                "--advertise-client-urls=" + etcd,
                "--listen-peer-urls=http://127.0.0.1:" + freePort(),
                "--log-level=error",
                "--unsafe-no-fsync")));
    Path accountKey = write("accounts.key", accountKey());
    daemons.add(
        Daemon.start(
            logs.resolve("kube-apiserver.log"),
            Map.of(),
            List.of(
                binaries.resolve("kube-apiserver").toString(),
                "--etcd-servers=" + etcd,
                "--bind-address=127.0.0.1",
                "--secure-port=" + port,
                "--cert-dir=" + folder.resolve("tls"),
                "--token-auth-file="
                    + write("tokens.csv", "%1$s,%1$s,1,system:masters%n".formatted(ADMIN)),
                "--authorization-mode=RBAC",
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-signing-key-file=" + accountKey,
                "--service-account-key-file=" + accountKey,
                "--service-cluster-ip-range=10.96.0.0/16",
                "--endpoint-reconciler-type=none",
                // Pods need no ServiceAccount, which a controller would have to make first.
                "--disable-admission-plugins=ServiceAccount")));
    kubeconfig(ADMIN, ADMIN);
    Eventually.holds(
        () -> {
          daemons.forEach(Daemon::assertRuns);
          kubectl().run("get", "--raw=/readyz").succeeds();
        });
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
