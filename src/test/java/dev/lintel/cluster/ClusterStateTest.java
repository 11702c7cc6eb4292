package dev.lintel.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.mesh.Version;
import dev.lintel.policy.Policy;
import dev.lintel.resource.Metadata;
import dev.lintel.resource.Namespace;
import dev.lintel.topology.Change;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClusterStateTest {

  private static final Namespace SHOP = new Namespace(Metadata.of("", "shop"));
  private static final Version NEWEST = Version.of(1, 36);

  private final ClusterState state = new ClusterState();

  @Test
  void aSnapshotThatIsInUseNeverChanges() {
    Snapshot before = state.current();
    state.apply(Change.put(SHOP));
    assertThat(before.topology().namespace("shop")).isEmpty();
    assertThat(state.current().topology().namespace("shop")).isPresent();
  }

  @Test
  void otherPlatformFactsKeepTheObjects() {
    state.apply(Change.put(SHOP));
    Policy policy = withVersion(Optional.of(NEWEST));
    state.adopt(policy, "7");
    assertThat(state.current().policy()).isEqualTo(policy);
    assertThat(state.current().topology().platform()).isEqualTo(policy.platform());
    assertThat(state.current().topology().namespace("shop")).isPresent();
  }

  @Test
  void theApiServersVersionCountsWhereThePolicyNamesNone() {
    state.discovered(NEWEST);
    assertThat(state.current().topology().platform().kubernetesVersion()).contains(NEWEST);
    state.adopt(Policy.DEFAULT, "8");
    assertThat(state.current().topology().platform().kubernetesVersion()).contains(NEWEST);
    state.adopt(withVersion(Optional.of(Version.of(1, 30))), "9");
    assertThat(state.current().topology().platform().kubernetesVersion())
        .contains(Version.of(1, 30));
  }

  @Test
  void completeOnceMeansCompleteForGood() {
    Progress progress = new Progress(state);
    progress.awaits("services", "is being read");
    progress.begun();
    assertThat(state.current().isComplete()).isFalse();
    progress.done("services");
    assertThat(state.current().isComplete()).isTrue();
    progress.awaits("gateways", "is being read");
    assertThat(state.current().isComplete()).isTrue();
  }

  private static Policy withVersion(Optional<Version> version) {
    return Policy.DEFAULT.withPlatform(Policy.DEFAULT.platform().withKubernetesVersion(version));
  }
}
