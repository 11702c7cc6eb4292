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
  private final EmbeddedCluster cluster = new EmbeddedCluster(state, holder);
  @TempDir Path folder;

  @Test
  void theManifestsOfAFolderStandForTheClusterAtOnce() throws Exception {
    write("services/cart.yaml", SERVICE);
    write("services/README.md", "no manifest");
    cluster.load(folder, Optional.empty());
    assertThat(state.current().isComplete()).isTrue();
    assertThat(state.current().topology().service("shop", "cart")).isPresent();
  }

  @Test
  void aFileThatCannotBeReadIsNamedWithTheLine() throws Exception {
    write("bad.yaml", SERVICE + "\n---\napiVersion: v1\nkind: Service\nmetadata: {name: 5}\n");
    assertThatThrownBy(() -> cluster.load(folder, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("bad.yaml:5:12")
        .hasMessageContaining("metadata.name: expected text");
  }

  @Test
  void aPolicyFileIsPutInForce() throws Exception {
    Path policy = write("policy", "{apiVersion: lintel.dev/v1, kind: Policy, enforcement: audit}");
    cluster.load(folder, Optional.of(policy));
    assertThat(state.current().policy().enforcement()).isEqualTo(Action.AUDIT);
  }

  @Test
  void aPolicyFileThatCannotBeReadEndsTheStart() throws Exception {
    Path policy =
        write("policy", "{apiVersion: lintel.dev/v1, kind: Policy, enforcement: nonsense}");
    assertThatThrownBy(() -> cluster.load(folder, Optional.of(policy)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nonsense");
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }
}
