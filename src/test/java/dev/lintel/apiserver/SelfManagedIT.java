package dev.lintel.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Lintel looks after its certificate: what one {@code kubectl apply -k} installs denies, with two
 * replicas that were started at once, and nobody notices when certificates change. The API server
 * reaches the replicas by a Service that leads to this machine; everything else is as it is
 * shipped.
 */
@OnApiServer
class SelfManagedIT {

  private static final String NAME = "self-managed";
  private static final String OVERLAY = "deploy/kustomize/overlays/self-managed";
  private static final String HOST = "lintel.lintel-system.svc";
  private static final String ACCOUNT = "--as=system:serviceaccount:lintel-system:lintel";
  private static final Path FOLDER = Path.of("target", "apiserver", NAME);

  /** A certificate is renewed after 80 s, and lasts long enough for a machine that is slow. */
  private static final String LIFE = "PT120S";

  private static final Duration PAUSE = Duration.ofMillis(100);

  private final Installation installation = Installation.empty(NAME);
  private final Kubectl kubectl = installation.kubectl();
  private final ApiClient writer = installation.api().client();
  private final List<LintelServer> replicas = new ArrayList<>();
  private final AtomicInteger turn = new AtomicInteger();
  private final CuttableProxy balancer = new CuttableProxy(this::next);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger denied = new AtomicInteger();
  private final AtomicInteger handshakes = new AtomicInteger();
  private final List<Future<?>> loops = new ArrayList<>();
  private final Map<LintelServer, X509Certificate> shown = new ConcurrentHashMap<>();
  private volatile boolean isOver;

  @AfterEach
  void stop() {
    isOver = true;
    threads.close();
    replicas.forEach(LintelServer::close);
    balancer.close();
    installation.close();
  }

  @Test
  void oneApplyInstallsAndNoWriteIsUnjudgedWhileCertificatesChange() throws Exception {
    install();
    launch();
    launch();
    Eventually.holds(installation::isAsked);
    replicas.forEach(replica -> Eventually.holds(replica::isReady));
    assertThat(bundles()).hasSize(1).containsExactly(secret("ca.crt"));
    itMayDoThatAndNoMore();

    double before = Siege.failedOpen(writer);
    loops.add(threads.submit(this::write));
    loops.add(threads.submit(this::write));
    replicas.forEach(replica -> loops.add(threads.submit(() -> shakeHands(replica))));
    awaitOneForAll(Set.of());
    final X509Certificate first = shown.get(replicas.getFirst());

    awaitOneForAll(Set.of(first));
    final X509Certificate renewed = shown.get(replicas.getFirst());
    assertThat(bundles()).as("the authority stays").containsExactly(secret("ca.crt"));
    final String authority = secret("ca.crt");

    kubectl
        .run(
            "patch",
            "secret",
            "lintel-certificate",
            "-n",
            Installation.NAMESPACE,
            "--type=merge",
            "--patch={\"data\": null}")
        .succeeds();
    awaitOneForAll(Set.of(first, renewed));
    assertThat(bundles()).containsExactly(secret("ca.crt"));
    assertThat(secret("ca.crt")).as("the new authority, then the old").endsWith(authority);
    assertThat(secret("ca.crt").length()).isGreaterThan(authority.length());

    int soFar = asked.get();
    Eventually.holds(() -> assertThat(asked.get()).isGreaterThan(soFar + 30));
    isOver = true;
    for (Future<?> loop : loops) {
      loop.get();
    }
    System.out.printf(
        "certificates: %d writes, %d judged, %.0f failed open, %d new connections%n",
        asked.get(), denied.get(), Siege.failedOpen(writer) - before, handshakes.get());
    assertThat(Siege.failedOpen(writer)).as("writes that passed unjudged").isEqualTo(before);
    assertThat(denied).as("judged of %s", asked).hasValue(asked.get());
    itIsAppliedAgainWithoutHarm();
    replicas.forEach(
        replica -> {
          assertThat(replica.metric("lintel_certificate_expiry_seconds{cert=\"serving\"}"))
              .isBetween(0.0, 120.0);
          assertThat(replica.metric("lintel_certificate_expiry_seconds{cert=\"ca\"}"))
              .isGreaterThan(Duration.ofDays(364).toSeconds());
        });
  }

  /** One command. The Service, and the port that is asked for, are those of this machine. */
  private void install() throws IOException {
    installation.installDefinitions();
    kubectl.write(Manifests.read("mesh.yaml", Map.of()), "apply").succeedsSilently();
    String shipped = kubectl.run("kustomize", OVERLAY).succeeds().out();
    int webhooks = shipped.split("admissionReviewVersions:", -1).length - 1;
    String ports =
        IntStream.range(0, webhooks)
            .mapToObj(
                i ->
                    "- {op: replace, path: /webhooks/%d/clientConfig/service/port, value: %d}%n"
                        .formatted(i, balancer.port()))
            .collect(Collectors.joining());
    Path folder = Files.createDirectories(FOLDER.resolve("install"));
    Files.writeString(
        folder.resolve("kustomization.yaml"),
        """
        apiVersion: kustomize.config.k8s.io/v1beta1
        kind: Kustomization
        resources: [../../../../%s]
        patches:
          - target: {kind: Service, name: lintel}
            patch: |-
              - {op: replace, path: /spec, value: {type: ExternalName, externalName: localhost}}
          - target: {kind: ValidatingWebhookConfiguration, name: lintel}
            patch: |-
        %s"""
            .formatted(OVERLAY, ports.indent(6)));
    kubectl.run("apply", "-k", folder.toString()).succeedsSilently();
  }

  /** What is applied again takes nothing back. */
  private void itIsAppliedAgainWithoutHarm() {
    String before = secret("ca.crt");
    kubectl.run("apply", "-k", FOLDER.resolve("install").toString()).succeedsSilently();
    assertThat(secret("ca.crt")).isEqualTo(before);
    assertThat(bundles()).containsExactly(before);
  }

  private void launch() {
    String token = installation.token("lintel", Installation.NAMESPACE);
    ShippedDeployment deployment =
        ShippedDeployment.of(kubectl.run("kustomize", OVERLAY).succeeds().out());
    replicas.add(
        LintelServer.startSelfManaged(
            FOLDER.resolve("lintel-%d.log".formatted(replicas.size())),
            installation.api().kubeconfig("lintel", token),
            LintelServer.Launch.within(Optional.empty())
                .with(deployment.environment())
                .with("QUARKUS_SHUTDOWN_DELAY", "0S")
                .with("LINTEL_CERTIFICATE_CHECK_EVERY", "PT2S")
                .with("LINTEL_CERTIFICATE_SERVING_LIFE", LIFE)));
  }

  private Optional<Integer> next() {
    List<LintelServer> ready = replicas.stream().filter(LintelServer::saysItIsReady).toList();
    return ready.isEmpty()
        ? Optional.empty()
        : Optional.of(ready.get(turn.getAndIncrement() % ready.size()).port());
  }

  private void itMayDoThatAndNoMore() {
    assertThat(mayLintel("patch", "secrets/lintel-certificate")).isTrue();
    assertThat(mayLintel("patch", "validatingwebhookconfigurations/lintel")).isTrue();
    for (String wish :
        List.of(
            "get secrets/other",
            "list secrets",
            "create secrets",
            "delete secrets/lintel-certificate",
            "patch validatingwebhookconfigurations/other",
            "update validatingwebhookconfigurations/lintel",
            "delete validatingwebhookconfigurations/lintel",
            "create validatingwebhookconfigurations")) {
      String[] words = wish.split(" ");
      assertThat(mayLintel(words[0], words[1])).as(wish).isFalse();
    }
  }

  private boolean mayLintel(String verb, String resource) {
    return kubectl
        .run("auth", "can-i", verb, resource, "-n", Installation.NAMESPACE, ACCOUNT)
        .out()
        .strip()
        .equals("yes");
  }

  private String secret(String key) {
    return decoded(
        kubectl
            .run(
                "get",
                "secret",
                "lintel-certificate",
                "-n",
                Installation.NAMESPACE,
                "-o=jsonpath={.data.%s}".formatted(key.replace(".", "\\.")))
            .succeeds()
            .out());
  }

  /** Returns whom the API server believes, those of all webhooks once if they are the same. */
  private Set<String> bundles() {
    Set<String> found = new HashSet<>();
    for (String bundle :
        kubectl
            .run(
                "get",
                "validatingwebhookconfiguration",
                "lintel",
                "-o=jsonpath={range .webhooks[*]}{.clientConfig.caBundle}{\"\\n\"}{end}")
            .succeeds()
            .out()
            .strip()
            .split("\n", -1)) {
      found.add(decoded(bundle));
    }
    return found;
  }

  private static String decoded(String base64) {
    return new String(Base64.getDecoder().decode(base64.strip()), StandardCharsets.US_ASCII);
  }

  /** Waits until both replicas show one certificate, and none of those. */
  private void awaitOneForAll(Set<X509Certificate> earlier) {
    Eventually.holds(
        () -> {
          assertThat(loops).allSatisfy(loop -> assertThat(loop).isNotDone());
          assertThat(shown).hasSameSizeAs(replicas);
          assertThat(Set.copyOf(shown.values()))
              .hasSize(1)
              .allSatisfy(one -> assertThat(earlier).doesNotContain(one));
        });
  }

  private void write() {
    String bad = Manifests.service("default", "canary", "PreferClosest");
    while (!isOver) {
      boolean isDenied = writer.tryToCreate(Siege.services("default"), bad).isDenied();
      asked.incrementAndGet();
      if (isDenied) {
        denied.incrementAndGet();
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  /** Connects anew each time, believing whom the API server believes, and nobody else. */
  private void shakeHands(LintelServer replica) {
    while (!isOver) {
      String believed = believed();
      try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), replica.port());
          SSLSocket secure =
              (SSLSocket)
                  Trust.of(believed)
                      .getSocketFactory()
                      .createSocket(plain, HOST, replica.port(), true)) {
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secure.setSSLParameters(parameters);
        secure.startHandshake();
        handshakes.incrementAndGet();
        shown.put(replica, (X509Certificate) secure.getSession().getPeerCertificates()[0]);
      } catch (IOException e) {
        isOver = true;
        throw new UncheckedIOException(e);
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private String believed() {
    String body =
        writer
            .get("/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/lintel")
            .succeeds()
            .body();
    int start = body.indexOf("\"caBundle\":\"") + "\"caBundle\":\"".length();
    return decoded(body.substring(start, body.indexOf('"', start)));
  }
}
