package dev.lintel.cluster;

import dev.lintel.manifest.ManifestFiles;
import dev.lintel.policy.Policy;
import dev.lintel.state.StateFolder;
import dev.lintel.topology.Change;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * A folder of manifests that stands for a cluster. Writes are applied to it in memory, so that
 * later ones see them; the files are never changed.
 */
@Singleton
public class EmbeddedCluster {

  private static final Logger LOG = Logger.getLogger(EmbeddedCluster.class);

  private final ClusterState state;
  private final PolicyHolder holder;

  EmbeddedCluster(ClusterState state, PolicyHolder holder) {
    this.state = state;
    this.holder = holder;
  }

  /**
   * Reads the folder and the policy, and publishes them.
   *
   * @return how many objects there are
   * @throws IllegalArgumentException if a file cannot be read; the message names place and problem
   */
  int load(Path folder, Optional<Path> policyFile) {
    StateFolder read = StateFolder.read(folder, (done, total) -> {});
    refuse(read.problems().stream().map(StateFolder.Problem::said).toList());
    read.notes().forEach(LOG::warn);
    state.replace(read.objects(), Policy.DEFAULT);
    policyFile.ifPresent(this::readPolicy);
    return read.objects().size();
  }

  /** Takes note of a write that came about: there is no watch to tell of it. */
  public void written(Change change) {
    state.apply(change);
  }

  private void readPolicy(Path file) {
    refuse(holder.read(file.toString(), "file", text(file)));
  }

  private static void refuse(List<String> problems) {
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join(System.lineSeparator(), problems));
    }
  }

  private static String text(Path file) {
    try {
      return ManifestFiles.text(file);
    } catch (IOException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
