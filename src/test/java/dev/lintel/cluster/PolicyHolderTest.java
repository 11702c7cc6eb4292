package dev.lintel.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.policy.Policy;
import dev.lintel.resource.MalformedObjectException;
import dev.lintel.rule.Action;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.Test;

/** Whatever stands in the ConfigMap, a policy is in force, and everyone is told which. */
class PolicyHolderTest {

  private static final String HEAD = "apiVersion: lintel.dev/v1\nkind: Policy\n";
  private static final String DEEP =
      HEAD + "rules: " + "{a: ".repeat(3000) + "1" + "}".repeat(3000);

  private final ClusterState state = new ClusterState();
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final PolicyHolder holder = new PolicyHolder(state, new ClusterMetrics(meters));
  private final Progress progress = new Progress(state);
  private final List<String> announced = new ArrayList<>();
  private final PolicyWatch watch =
      new PolicyWatch(
          "ConfigMap lintel-system/lintel-policy",
          "policy.yaml",
          holder,
          progress,
          (configMap, problems) -> announced.addAll(problems));

  @Test
  void afterARestartADocumentThatIsTooDeepLeavesTheDefaultsInForceAndSaysSo() {
    progress.begun();
    watch.put(configMap("7", DEEP));
    assertThat(state.current().policy()).isEqualTo(Policy.DEFAULT);
    assertThat(meters.get("lintel.config.last.reload.successful").gauge().value()).isZero();
    assertThat(announced).singleElement().asString().contains("is nested more than 32 deep");
    HealthCheckResponse health = new ClusterReadiness(state, progress, holder).call();
    assertThat(health.getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
    Map<String, Object> data = health.getData().orElseThrow();
    assertThat(data).containsEntry("policy in force", "the built-in defaults");
    assertThat(data).containsKey("policy refused");
    assertThat(holder.problems())
        .first(InstanceOfAssertFactories.STRING)
        .startsWith("ConfigMap lintel-system/lintel-policy, policy.yaml:3:132: rules.a.a");
  }

  @Test
  void theLastGoodDocumentStaysInForceAndTheNextOneIsRead() {
    watch.put(configMap("7", HEAD + "enforcement: warn"));
    watch.put(configMap("8", DEEP));
    assertThat(state.current().policy().enforcement()).isEqualTo(Action.WARN);
    assertThat(meters.get("lintel.config.last.reload.successful").gauge().value()).isZero();
    watch.put(configMap("9", HEAD + "enforcement: audit"));
    assertThat(state.current().policy().enforcement()).isEqualTo(Action.AUDIT);
    assertThat(meters.get("lintel.config.last.reload.successful").gauge().value()).isEqualTo(1);
    assertThat(holder.problems()).isEmpty();
  }

  private static WatchedObject configMap(String version, String document) {
    String json =
        """
        {"metadata": {"name": "lintel-policy", "resourceVersion": "%s"}, "data": {"policy.yaml": "%s"}}
        """
            .formatted(version, document.replace("\n", "\\n"));
    JsonFrames frames =
        new JsonFrames(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    try {
      return WatchedObject.read(frames);
    } catch (IOException | MalformedObjectException e) {
      throw new AssertionError(e);
    }
  }
}
