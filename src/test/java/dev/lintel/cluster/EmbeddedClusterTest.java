package dev.lintel.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.rule.Action;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedClusterTest {

  private static final String SERVICE =
      "{apiVersion: v1, kind: Service, metadata: {name: cart, namespace: shop}}";

  private final ClusterState state = new ClusterState();
  private final PolicyHolder holder =
      new PolicyHolder(state, new ClusterMetrics(new SimpleMeterRegistry()));
  @TempDir Path folder;

  @Test
  void theManifestsOfAFolderStandForTheClusterAtOnce() throws Exception {
    write("services/cart.yaml", SERVICE);
    write("services/README.md", "no manifest");
    EmbeddedCluster.load(folder, Optional.empty(), state, holder);
    assertThat(state.current().isComplete()).isTrue();
    assertThat(state.current().topology().service("shop", "cart")).isPresent();
  }

  @Test
  void aFileThatCannotBeReadIsNamedWithTheLine() throws Exception {
    write("bad.yaml", SERVICE + "\n---\napiVersion: v1\nkind: Service\nmetadata: {name: 5}\n");
    assertThatThrownBy(() -> EmbeddedCluster.load(folder, Optional.empty(), state, holder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("bad.yaml:5:12")
        .hasMessageContaining("metadata.name: expected text");
  }

  @Test
  void aPolicyFileIsPutInForce() throws Exception {
    Path policy = write("policy", "{apiVersion: lintel.dev/v1, kind: Policy, enforcement: audit}");
    EmbeddedCluster.load(folder, Optional.of(policy), state, holder);
    assertThat(state.current().policy().enforcement()).isEqualTo(Action.AUDIT);
  }

  @Test
  void aPolicyFileThatCannotBeReadEndsTheStart() throws Exception {
    Path policy =
        write("policy", "{apiVersion: lintel.dev/v1, kind: Policy, enforcement: nonsense}");
    assertThatThrownBy(() -> EmbeddedCluster.load(folder, Optional.of(policy), state, holder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nonsense");
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }
}
