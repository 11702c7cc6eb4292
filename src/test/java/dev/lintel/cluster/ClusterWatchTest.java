package dev.lintel.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lintel.policy.Policy;
import dev.lintel.resource.Kind;
import dev.lintel.resource.ResourceRef;
import dev.lintel.rule.Action;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true)
class ClusterWatchTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Set by the extension. */
  private KubernetesClient client;

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
  private ClusterWatch watch;

  @AfterEach
  void stop() {
    watch.close();
  }

  @Test
  void kindsThatAreNotInstalledDoNotDelayReadiness() {
    client.resource(service("cart", 80)).create();
    start();
    eventually("complete", () -> state.current().isComplete());
    assertThat(progress.missing()).isEmpty();
    assertThat(state.current().topology().service("shop", "cart")).isPresent();
  }

  @Test
  void anObjectThatChangesOrGoesIsFollowed() {
    start();
    eventually("complete", () -> state.current().isComplete());
    client.resource(service("cart", 80)).create();
    eventually("created", () -> state.current().topology().service("shop", "cart").isPresent());
    client.resource(service("cart", 81)).update();
    eventually("updated", () -> portOfCart() == 81);
    client.resource(service("cart", 81)).delete();
    eventually("deleted", () -> state.current().topology().service("shop", "cart").isEmpty());
  }

  @Test
  void aKindIsPickedUpWhenItsDefinitionAppearsAndDroppedWithIt() {
    start();
    eventually("complete", () -> state.current().isComplete());
    assertThat(find(Kind.DESTINATION_RULE, "cart")).isFalse();
    client.resource(destinationRule("cart", "host: cart")).create();
    client.resource(definition()).create();
    eventually("picked up", () -> find(Kind.DESTINATION_RULE, "cart"));
    client.resource(definition()).delete();
    eventually("dropped", () -> !find(Kind.DESTINATION_RULE, "cart"));
    assertThat(state.current().isComplete()).isTrue();
  }

  @Test
  void anObjectThatCannotBeReadIsCountedAndTheOthersAreRead() {
    client.resource(definition()).create();
    client.resource(destinationRule("bad", "host: {a: b}")).create();
    start();
    eventually("complete", () -> state.current().isComplete());
    client.resource(destinationRule("good", "host: cart")).create();
    eventually("read", () -> find(Kind.DESTINATION_RULE, "good"));
    assertThat(find(Kind.DESTINATION_RULE, "bad")).isFalse();
    assertThat(meters.counter("lintel.malformed.objects", "kind", "DestinationRule").count())
        .isEqualTo(1);
  }

  @Test
  void withoutAConfigMapTheDefaultsAreInForce() {
    start();
    eventually("complete", () -> state.current().isComplete());
    assertThat(state.current().policy()).isEqualTo(Policy.DEFAULT);
    assertThat(lastReload()).isEqualTo(1);
  }

  @Test
  void theLastGoodPolicyStaysInForce() {
    policy("warn");
    start();
    eventually("complete", () -> state.current().isComplete());
    assertThat(state.current().policy().enforcement()).isEqualTo(Action.WARN);
    policy("nonsense");
    eventually("noticed", () -> lastReload() == 0);
    assertThat(state.current().policy().enforcement()).isEqualTo(Action.WARN);
    assertThat(state.current().isComplete()).isTrue();
    policy("audit");
    eventually("in force", () -> state.current().policy().enforcement() == Action.AUDIT);
    assertThat(lastReload()).isEqualTo(1);
  }

  @Test
  void withABadPolicyAtTheStartTheDefaultsAreInForceAndTheReasonIsSaid() {
    policy("nonsense");
    start();
    eventually("complete", () -> state.current().isComplete());
    assertThat(state.current().policy()).isEqualTo(Policy.DEFAULT);
    assertThat(lastReload()).isZero();
    HealthCheckResponse health = new ClusterReadiness(state, progress, holder).call();
    assertThat(health.getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
    assertThat(health.getData().orElseThrow().get("policy refused").toString())
        .contains("lintel-policy", "nonsense");
    eventually(
        "announced", () -> !client.v1().events().inAnyNamespace().list().getItems().isEmpty());
    Event event = client.v1().events().inNamespace("lintel-system").list().getItems().getFirst();
    assertThat(event.getInvolvedObject().getName()).isEqualTo("lintel-policy");
    assertThat(event.getReason()).isEqualTo("PolicyRefused");
    assertThat(event.getMessage()).contains("nonsense");
    policy("warn");
    eventually("in force", () -> state.current().policy().enforcement() == Action.WARN);
  }

  @Test
  void theSnapshotIsFreshWhileEveryWatchWorks() {
    start();
    eventually("complete", () -> state.current().isComplete());
    LockSupport.parkNanos(Duration.ofMillis(2500).toNanos());
    assertThat(meters.get("lintel.snapshot.age").gauge().value()).isLessThan(2.4);
  }

  private void start() {
    watch =
        new ClusterWatch(
            client, config, state, progress, new ObjectReader(new ObjectMapper()), metrics);
    watch.start(holder);
  }

  private boolean find(Kind kind, String name) {
    return state.current().topology().find(new ResourceRef(kind, "shop", name)).isPresent();
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

  private double lastReload() {
    return meters.get("lintel.config.last.reload.successful").gauge().value();
  }

  private void policy(String enforcement) {
    client
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace("lintel-system")
                .withName("lintel-policy")
                .endMetadata()
                .addToData(
                    "policy.yaml",
                    "{apiVersion: lintel.dev/v1, kind: Policy, enforcement: " + enforcement + "}")
                .build())
        .createOr(update -> update.update());
  }

  private static io.fabric8.kubernetes.api.model.Service service(String name, int port) {
    return new ServiceBuilder()
        .withNewMetadata()
        .withNamespace("shop")
        .withName(name)
        .endMetadata()
        .withNewSpec()
        .withPorts(new ServicePortBuilder().withPort(port).build())
        .endSpec()
        .build();
  }

  private GenericKubernetesResource destinationRule(String name, String spec) {
    return generic(
        """
        apiVersion: networking.istio.io/v1beta1
        kind: DestinationRule
        metadata: {namespace: shop, name: %s}
        spec: {%s}
        """
            .formatted(name, spec));
  }

  /** Serves v1beta1 only, as an older Istio does. */
  private GenericKubernetesResource definition() {
    return generic(
        """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: destinationrules.networking.istio.io}
        spec:
          group: networking.istio.io
          scope: Namespaced
          names: {kind: DestinationRule, plural: destinationrules}
          versions: [{name: v1, served: false}, {name: v1beta1, served: true}]
        status:
          conditions: [{type: Established, status: "True"}]
        """);
  }

  private GenericKubernetesResource generic(String yaml) {
    return client.getKubernetesSerialization().unmarshal(yaml, GenericKubernetesResource.class);
  }

  private static void eventually(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }
}
