package dev.lintel.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lintel under the limits that are shipped, on an API server of its own, and a tenant who means it
 * harm: a ServiceAccount that may do what it likes in one namespace, and nothing elsewhere.
 */
final class Siege implements AutoCloseable {

  /** The tenant's namespace. */
  static final String TENANT = "tenant";

  /** The namespace of everybody else. */
  static final String OTHERS = "others";

  /** Far below the minute that is shipped, which no test would like to wait. */
  static final int STALE_AFTER_SECONDS = 10;

  private static final int TRIES = 10;
  private static final String FAILED_OPEN = "apiserver_admission_webhook_fail_open_count{";

  private final MemoryLimit limit = MemoryLimit.ofTheDeployment("lintel-siege");
  private final Installation installation;
  private final AtomicInteger apiPort = new AtomicInteger();
  private final CuttableProxy proxy =
      new CuttableProxy(() -> Optional.of(apiPort.get()).filter(port -> port > 0));
  private final ApiClient others;
  private final ApiClient tenant;
  private final AtomicInteger followed = new AtomicInteger();

  private Siege() {
    LintelServer.Launch launch =
        LintelServer.Launch.within(Optional.of(limit))
            .with(ShippedDeployment.read().environment())
            // Here nobody has to be sent elsewhere before a process ends.
            .with("QUARKUS_SHUTDOWN_DELAY", "0S")
            .with("LINTEL_STALE_AFTER", "PT%dS".formatted(STALE_AFTER_SECONDS))
            .with("LINTEL_CERTIFICATE_CHECK_EVERY", "PT1S");
    installation =
        Installation.complete(
            "siege",
            (api, token, certificates) -> {
              apiPort.set(api.port());
              return LintelServer.start(
                  Path.of("target", "apiserver", "siege", "lintel.log"),
                  api.kubeconfig("lintel", token, proxy.port()),
                  certificates,
                  launch);
            });
    installation
        .kubectl()
        .write(Manifests.read("siege.yaml", Map.of("tenant", TENANT, "others", OTHERS)), "apply")
        .succeeds();
    installation
        .kubectl()
        .write(Manifests.read("ingress.yaml", Map.of("namespace", OTHERS)), "apply")
        .succeeds();
    others = installation.api().client();
    tenant = installation.api().client(installation.token("tenant", TENANT));
  }

  /** Begins one. */
  static Siege begin() {
    return new Siege();
  }

  /** Returns what is under siege. */
  Installation installation() {
    return installation;
  }

  /** Returns Lintel's process. */
  LintelServer lintel() {
    return installation.lintel();
  }

  /** Returns what lies between Lintel and the API server. */
  CuttableProxy proxy() {
    return proxy;
  }

  /** Returns the attacker. */
  ApiClient tenant() {
    return tenant;
  }

  /** Returns the attacker under another name: a ServiceAccount of the same namespace. */
  ApiClient tenantAs(String account) {
    return installation.api().client(installation.token(account, TENANT));
  }

  /** Returns someone who has nothing to do with the attacker, and may do everything. */
  ApiClient others() {
    return others;
  }

  /** Returns where the Services of a namespace are. */
  static String services(String namespace) {
    return "/api/v1/namespaces/" + namespace + "/services";
  }

  /** Returns where the DestinationRules of a namespace are. */
  static String rules(String namespace) {
    return "/apis/networking.istio.io/v1/namespaces/" + namespace + "/destinationrules";
  }

  /** Returns where the ServiceEntries of a namespace are. */
  static String entries(String namespace) {
    return "/apis/networking.istio.io/v1/namespaces/" + namespace + "/serviceentries";
  }

  /** Returns what comes of a bad write of somebody else, which is a dry run. */
  ApiClient.Reply canary() {
    return others.tryToCreate(
        services(OTHERS), Manifests.service(OTHERS, "canary", "PreferClosest"));
  }

  /** Asserts that others are judged, each time, and that no write has slipped through. */
  void othersAreJudged() {
    double before = failedOpen();
    for (int i = 0; i < TRIES; i++) {
      canary().isDeniedBy("TD-001");
    }
    assertThat(failedOpen()).isEqualTo(before);
    lintel().runs();
  }

  /** Returns how many writes have passed because Lintel did not answer. */
  double failedOpen() {
    return failedOpen(others);
  }

  /** Returns what an API server says of it. */
  static double failedOpen(ApiClient client) {
    return client
        .get("/metrics")
        .succeeds()
        .body()
        .lines()
        .filter(line -> line.startsWith(FAILED_OPEN) && line.contains("ingress-path.lintel.dev"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  /**
   * Asserts that Lintel sees what becomes of DestinationRules. It is not asked about deletions, so
   * that only its watch can tell it of one.
   */
  void destinationRulesAreFollowed() {
    String name = "followed-" + followed.incrementAndGet();
    others.create(rules(OTHERS), ruleForCart(name, "PASSTHROUGH")).succeeds();
    sees(name, true);
    others.delete(rules(OTHERS) + "/" + name).succeeds();
    sees(name, false);
  }

  /** Returns a DestinationRule for the one host that has a Gateway. */
  static String ruleForCart(String name, String balancer) {
    return Manifests.destinationRule(
        OTHERS, name, "host: cart.%s.svc.cluster.local".formatted(OTHERS), balancer);
  }

  /** Waits until Lintel does, or does not, name a DestinationRule when another has its host. */
  void sees(String name, boolean isThere) {
    Eventually.holds(
        () -> {
          ApiClient.Reply reply =
              others.tryToCreate(rules(OTHERS), ruleForCart("other", "RANDOM")).succeeds();
          assertThat(reply.text().contains("DestinationRule %s/%s".formatted(OTHERS, name)))
              .as("DestinationRule %s is known: %s", name, reply.warnings())
              .isEqualTo(isThere);
        });
  }

  /** Ends Lintel's process and waits until the next one is ready and asked. */
  void restart() {
    installation.restart();
    isReadyAndAsked();
  }

  /** Waits until Lintel is ready and asked. */
  void isReadyAndAsked() {
    Eventually.holds(() -> lintel().isReady());
    Eventually.holds(() -> canary().isDeniedBy("TD-001"));
  }

  /** Fixes what the test before may have left behind. */
  void recover() {
    proxy.heal();
    if (!lintel().isAlive()) {
      installation.restart();
      installation.isAskedAt(lintel().port());
    }
    isReadyAndAsked();
  }

  @Override
  public void close() {
    installation.close();
    proxy.close();
    limit.close();
  }
}
