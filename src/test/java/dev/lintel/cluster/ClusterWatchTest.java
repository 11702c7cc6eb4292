package dev.lintel.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.apiserver.Eventually;
import dev.lintel.policy.Policy;
import dev.lintel.resource.Kind;
import dev.lintel.resource.ResourceRef;
import dev.lintel.rule.Action;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClusterWatchTest {

  private static final String SERVICES = "api/v1/services";
  private static final String DEPLOYMENTS = "apis/apps/v1/deployments";
  private static final String RULES = "apis/networking.istio.io/v1beta1/destinationrules";
  private static final String DEFINITIONS =
      "apis/apiextensions.k8s.io/v1/customresourcedefinitions";
  private static final String CONFIG_MAPS = "api/v1/namespaces/lintel-system/configmaps";
  private static final String DEFINITION = "destinationrules.networking.istio.io";

  private final LintelConfig config =
      new SmallRyeConfigBuilder()
          .withMapping(LintelConfig.class)
          .build()
          .getConfigMapping(LintelConfig.class);
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final ClusterMetrics metrics = new ClusterMetrics(meters);
  private final ClusterState state = new ClusterState();
  private final Progress progress = new Progress(state);
  private final PolicyHolder holder = new PolicyHolder(state, metrics);
  private StubApiServer server;
  private KubernetesClient client;
  private ClusterWatch watch;

  @BeforeEach
  void prepare() throws IOException {
    server = new StubApiServer();
    client = server.client();
    watch = new ClusterWatch(client, config, state, progress, metrics);
  }

  @AfterEach
  void stop() {
    watch.close();
    client.close();
    server.close();
  }

  @Test
  void kindsThatAreNotInstalledDoNotDelayReadiness() {
    service("cart", 80);
    start();
    assertThat(progress.missing()).isEmpty();
    assertThat(state.current().topology().service("shop", "cart")).isPresent();
  }

  @Test
  void anObjectThatChangesOrGoesIsFollowed() {
    start();
    service("cart", 80);
    Eventually.is("created", () -> state.current().topology().service("shop", "cart").isPresent());
    service("cart", 81);
    Eventually.is("updated", () -> portOfCart() == 81);
    server.remove(SERVICES, "shop", "cart");
    Eventually.is("deleted", () -> state.current().topology().service("shop", "cart").isEmpty());
  }

  @Test
  void aKindIsPickedUpWhenItsDefinitionAppearsAndDroppedWithIt() {
    start();
    assertThat(knows("cart")).isFalse();
    rule("cart", "\"host\": \"cart\"");
    define();
    Eventually.is("picked up", () -> knows("cart"));
    server.remove(DEFINITIONS, "", DEFINITION);
    Eventually.is("dropped", () -> !knows("cart"));
    assertThat(state.current().isComplete()).isTrue();
  }

  @Test
  void ofDeploymentsOnlyThoseWithTheNamesOfControllersAreAskedFor() {
    start();
    assertThat(server.requests())
        .filteredOn(request -> request.startsWith(DEPLOYMENTS))
        .isNotEmpty()
        .allMatch(
            request ->
                request.contains("fieldSelector=metadata.name=istiod")
                    || request.contains("fieldSelector=metadata.name=kgateway")
                    || request.contains("fieldSelector=metadata.name=enterprise-kgateway"));
  }

  @Test
  void anObjectThatCannotBeReadIsNamedAndTheOthersAreRead() {
    define();
    rule("bad", "\"host\": {\"a\": \"b\"}");
    start();
    rule("good", "\"host\": \"cart\"");
    Eventually.is("read", () -> knows("good"));
    assertThat(knows("bad")).isFalse();
    assertThat(malformedSoFar()).isEqualTo(1);
    assertThat(malformedNow()).isEqualTo(1);
    Eventually.is("told", () -> !server.events().isEmpty());
    assertThat(server.events().getFirst())
        .contains(
            "\"reason\":\"NotReadable\"",
            "\"regarding\":{\"apiVersion\":\"networking.istio.io/v1beta1\",\"kind\":\"DestinationRule\",\"namespace\":\"shop\",\"name\":\"bad\"",
            "spec.host: expected text, found an object")
        .containsPattern("\"eventTime\":\"[^\"]*\\.\\d{6}Z\"");
  }

  @Test
  void anObjectThatCannotBeReadAnyMoreDoesNotCountTillItCan() {
    define();
    rule("cart", "\"host\": \"cart\"");
    start();
    assertThat(knows("cart")).isTrue();
    rule("cart", "\"host\": 5");
    Eventually.is("taken out", () -> !knows("cart"));
    Eventually.is("counted", () -> malformedNow() == 1);
    rule("cart", "\"host\": \"cart\"");
    Eventually.is("back", () -> knows("cart"));
    Eventually.is("readable", () -> malformedNow() == 0);
    rule("cart", "\"host\": 5");
    Eventually.is("taken out again", () -> malformedNow() == 1);
    server.remove(RULES, "shop", "cart");
    Eventually.is("gone", () -> malformedNow() == 0);
    assertThat(malformedSoFar()).isEqualTo(2);
  }

  @Test
  void whoWritesManyObjectsThatCannotBeReadDoesNotFloodTheEvents() {
    define();
    for (int i = 0; i < 100; i++) {
      rule("bad" + i, "\"host\": 5");
    }
    start();
    Eventually.is("told", () -> server.events().size() >= 6);
    assertThat(malformedNow()).isEqualTo(100);
    assertThat(server.events()).hasSize(6);
  }

  @Test
  void withoutAConfigMapTheDefaultsAreInForce() {
    start();
    assertThat(state.current().policy()).isEqualTo(Policy.DEFAULT);
    assertThat(lastReload()).isEqualTo(1);
  }

  @Test
  void theLastGoodPolicyStaysInForce() {
    policy("warn");
    start();
    assertThat(state.current().policy().enforcement()).isEqualTo(Action.WARN);
    policy("nonsense");
    Eventually.is("noticed", () -> lastReload() == 0);
    assertThat(state.current().policy().enforcement()).isEqualTo(Action.WARN);
    assertThat(state.current().isComplete()).isTrue();
    policy("audit");
    Eventually.is("in force", () -> state.current().policy().enforcement() == Action.AUDIT);
    Eventually.is("told", () -> lastReload() == 1);
  }

  @Test
  void withABadPolicyAtTheStartTheDefaultsAreInForceAndTheReasonIsSaid() {
    policy("nonsense");
    start();
    assertThat(state.current().policy()).isEqualTo(Policy.DEFAULT);
    assertThat(lastReload()).isZero();
    HealthCheckResponse health = new ClusterReadiness(state, progress, holder).call();
    assertThat(health.getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
    assertThat(health.getData().orElseThrow().get("policy refused").toString())
        .contains("the log")
        .doesNotContain("nonsense");
    Eventually.is("announced", () -> !server.events().isEmpty());
    assertThat(server.events().getFirst())
        .contains("\"kind\":\"ConfigMap\"", "\"reason\":\"PolicyRefused\"", "nonsense");
    policy("warn");
    Eventually.is("in force", () -> state.current().policy().enforcement() == Action.WARN);
  }

  @Test
  void anApiServerThatIsNotHeardOfMakesTheSnapshotOld() {
    start();
    Eventually.is("fresh", () -> age() < 1);
    server.refuse(500);
    Eventually.is("old", () -> age() > 6);
    server.refuse(0);
    Eventually.is("fresh again", () -> age() < 6);
  }

  private void start() {
    watch.start(holder);
    Eventually.is("complete", () -> state.current().isComplete());
    Eventually.is("rules", () -> server.requests("api/v1/nodes") > 0);
  }

  private boolean knows(String rule) {
    return state
        .current()
        .topology()
        .find(new ResourceRef(Kind.DESTINATION_RULE, "shop", rule))
        .isPresent();
  }

  private int portOfCart() {
    return state
        .current()
        .topology()
        .service("shop", "cart")
        .orElseThrow()
        .ports()
        .getFirst()
        .number();
  }

  private double malformedSoFar() {
    return meters.get("lintel.malformed.objects").tag("kind", "DestinationRule").counter().count();
  }

  private double malformedNow() {
    return meters
        .get("lintel.malformed.objects.present")
        .tag("kind", "DestinationRule")
        .gauge()
        .value();
  }

  private double lastReload() {
    return meters.get("lintel.config.last.reload.successful").gauge().value();
  }

  private double age() {
    return meters.get("lintel.snapshot.age").gauge().value();
  }

  private void service(String name, int port) {
    server.put(SERVICES, "shop", name, ", \"spec\": {\"ports\": [{\"port\": %d}]}".formatted(port));
  }

  private void rule(String name, String spec) {
    server.put(RULES, "shop", name, ", \"spec\": {%s}".formatted(spec));
  }

  private void policy(String enforcement) {
    server.put(
        CONFIG_MAPS,
        "lintel-system",
        "lintel-policy",
        ", \"data\": {\"policy.yaml\": \"{apiVersion: lintel.dev/v1, kind: Policy, enforcement: %s}\"}"
            .formatted(enforcement));
  }

  /** Serves v1beta1 only, as an older Istio does. */
  private void define() {
    server.put(
        DEFINITIONS,
        "",
        DEFINITION,
        """
        , "spec": {"versions": [{"name": "v1", "served": false}, {"name": "v1beta1", "served": true}]},
        "status": {"conditions": [{"type": "Established", "status": "True"}]}
        """);
  }
}
