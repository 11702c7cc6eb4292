package dev.lintel.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Lintel on an API server, installed with what is shipped: the overlay {@code files}, its webhook
 * configuration, and the script for certificates. Only Pods are missing, which nobody would start;
 * a process with the ServiceAccount's token takes their place.
 */
final class Installation implements AutoCloseable {

  static final String NAMESPACE = "lintel-system";
  static final String OVERLAY = "deploy/kustomize/overlays/files";

  private final String name;
  private final ApiServer api;
  private final Launcher launcher;
  private final AtomicInteger namespaces = new AtomicInteger();
  private Optional<LintelServer> lintel = Optional.empty();

  private Installation(String name, ApiServer api, Launcher launcher) {
    this.name = name;
    this.api = api;
    this.launcher = launcher;
  }

  /** Starts Lintel's process. */
  interface Launcher {

    /**
     * Starts a process, without waiting for it.
     *
     * @param token that of Lintel's ServiceAccount
     * @param certificates a folder with ca.crt, tls.crt and tls.key
     */
    LintelServer launch(ApiServer api, String token, Path certificates);
  }

  /** Returns a new API server on which nothing is installed. */
  static Installation empty(String name) {
    return new Installation(
        name,
        ApiServer.start(name),
        (api, token, certificates) ->
            LintelServer.start(name, api.kubeconfig("lintel", token), certificates));
  }

  /** Returns a new API server with Istio's and kgateway's controllers, and Lintel at work. */
  static Installation complete(String name) {
    return completed(empty(name));
  }

  /** Returns the same with a process that is started in another way. */
  static Installation complete(String name, Launcher launcher) {
    return completed(new Installation(name, ApiServer.start(name), launcher));
  }

  private static Installation completed(Installation made) {
    try {
      made.installDefinitions();
      made.kubectl().write(Manifests.read("mesh.yaml", Map.of()), "apply").succeedsSilently();
      made.installLintel();
      made.start();
      Eventually.holds(() -> made.lintel().isReady());
      Eventually.holds(made::isAsked);
      return made;
    } catch (RuntimeException | Error e) {
      made.close();
      throw e;
    }
  }

  /** Returns kubectl for someone who may do everything. */
  Kubectl kubectl() {
    return api.kubectl();
  }

  /** Returns the API server. */
  ApiServer api() {
    return api;
  }

  /** Makes a namespace in the mesh that no other test uses, and returns its name. */
  String newNamespace() {
    String namespace = "test-" + namespaces.incrementAndGet();
    kubectl()
        .write(Manifests.read("namespace.yaml", Map.of("namespace", namespace)), "apply")
        .succeeds();
    return namespace;
  }

  /** Writes the policy. When it is in force, a dry run tells. */
  Printed writePolicy(String keys) {
    return kubectl().write(Manifests.policy(keys), "apply").succeeds();
  }

  /** Puts the policy in force that is shipped, which denies. */
  void restorePolicy() {
    writePolicy("enforcement: deny");
    Eventually.holds(this::isAsked);
  }

  /** Takes the API server away for a while. */
  void whileApiServerIsAway(Runnable meanwhile) {
    api.stopServer();
    meanwhile.run();
    api.startServer();
  }

  /** Freezes the API server for a while: its connections stay, and nothing comes from it. */
  void whileApiServerIsFrozen(Runnable meanwhile) {
    api.freeze();
    try {
      meanwhile.run();
    } finally {
      api.thaw();
    }
  }

  /** Returns Lintel's process. */
  LintelServer lintel() {
    return lintel.orElseThrow();
  }

  /**
   * Installs the kinds that are not built in: the real ones of the folder that {@code
   * LINTEL_TEST_CRDS} names, if it does, and stubs for the others.
   */
  void installDefinitions() {
    Optional.ofNullable(System.getenv("LINTEL_TEST_CRDS"))
        .ifPresent(folder -> kubectl().run("apply", "--server-side", "-f", folder).succeeds());
    // This fails for the ones that are there already, and leaves them as they are.
    kubectl().run("create", "-f", "samples/crds");
    // One that has no status yet is an error to kubectl.
    Eventually.holds(
        () -> kubectl().run("wait", "--for=condition=Established", "crd", "--all").succeeds());
  }

  /** Applies the overlay. Its Service becomes one that leads to this machine. */
  void installLintel() {
    kubectl().run("apply", "-k", OVERLAY).succeedsSilently();
    kubectl().run("delete", "service", "lintel", "-n", NAMESPACE).succeeds();
    kubectl().write(Manifests.read("service.yaml", Map.of()), "apply").succeeds();
  }

  /** Starts Lintel's process, and gives the webhook configuration its port and its CA. */
  void start() {
    String authority = authority(certificates());
    restart();
    patchWebhook("--patch", authority);
    isAskedAt(lintel().port());
  }

  /** Has the API server believe a certificate of the authority in a folder, and no other. */
  void believes(Path certificates) {
    patchWebhook("--patch", authority(certificates));
  }

  private static String authority(Path certificates) {
    return Command.run(Map.of(), "", List.of("certs/dev-ca.sh", "--patch", certificates.toString()))
        .succeeds()
        .out();
  }

  /** Ends Lintel's process and starts another, of which the webhook configuration knows nothing. */
  void restart() {
    lintel.ifPresent(LintelServer::close);
    lintel = Optional.empty();
    lintel = Optional.of(launch());
  }

  /** Starts a further process of Lintel, which is nobody's but the caller's. */
  LintelServer launch() {
    return launcher.launch(api, token("lintel", NAMESPACE), certificates());
  }

  /** Has the API server ask at another port. */
  void isAskedAt(int port) {
    patchWebhook("--type=json", "--patch", ports(port));
  }

  /** Returns a token of a ServiceAccount. */
  String token(String account, String namespace) {
    return kubectl().run("create", "token", account, "-n", namespace).succeeds().out().strip();
  }

  /** Returns the folder with ca.crt, tls.crt and tls.key. */
  Path certificates() {
    return Path.of("target", "apiserver", name, "certificates");
  }

  /** Every webhook of the configuration keeps its Service, and gets another port of it. */
  private String ports(int port) {
    String names =
        kubectl()
            .run(
                "get",
                "validatingwebhookconfiguration",
                "lintel",
                "-o=jsonpath={.webhooks[*].name}")
            .succeeds()
            .out();
    return IntStream.range(0, names.split(" ").length)
        .mapToObj(
            i ->
                "{op: replace, path: /webhooks/%d/clientConfig/service/port, value: %d}"
                    .formatted(i, port))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private void patchWebhook(String... how) {
    String[] command = {"patch", "validatingwebhookconfiguration", "lintel"};
    kubectl()
        .run(Stream.of(command, how).flatMap(Arrays::stream).toArray(String[]::new))
        .succeeds();
  }

  /** Adds a webhook for every request in one namespace, which is seen once a canary is denied. */
  void askAboutEverythingIn(String namespace) {
    String authority =
        kubectl()
            .run(
                "get",
                "validatingwebhookconfiguration",
                "lintel",
                "-o=jsonpath={.webhooks[0].clientConfig.caBundle}")
            .succeeds()
            .out();
    kubectl()
        .write(
            Manifests.read(
                "every-request.yaml",
                Map.of(
                    "name", namespace,
                    "ca", authority,
                    "port", String.valueOf(lintel().port()))),
            "apply")
        .succeeds();
    String unjudged =
        "lintel_admission_requests_total{decision=\"pass\",kind=\"Service\",operation=\"DELETE\"}";
    String canary = Manifests.service(namespace, "canary", "PreferClose");
    kubectl().write(canary, "apply").succeeds();
    double before = lintel().metric(unjudged);
    Eventually.holds(
        () -> {
          kubectl()
              .run("delete", "service", "canary", "-n", namespace, "--dry-run=server")
              .succeeds();
          assertThat(lintel().metric(unjudged)).isGreaterThan(before);
        });
  }

  /** A new webhook configuration takes the API server a moment: a canary tells when it has it. */
  void isAsked() {
    Printed canary =
        kubectl()
            .write(
                Manifests.service("default", "canary", "PreferClosest"),
                "create",
                "--dry-run=server");
    assertThat(canary.err()).contains("TD-001");
  }

  @Override
  public void close() {
    lintel.ifPresent(LintelServer::close);
    api.close();
  }
}
