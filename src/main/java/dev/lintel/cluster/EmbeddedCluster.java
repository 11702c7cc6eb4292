package dev.lintel.cluster;

import dev.lintel.policy.Policy;
import dev.lintel.resource.MalformedObjectException;
import dev.lintel.resource.ManifestFiles;
import dev.lintel.resource.Resource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * A folder of manifests that stands for a cluster. Writes that are allowed are applied to it in
 * memory, so that later ones see them; the files are never changed.
 */
final class EmbeddedCluster {

  private static final Logger LOG = Logger.getLogger(EmbeddedCluster.class);

  private EmbeddedCluster() {}

  /**
   * Reads the folder and the policy, and publishes them.
   *
   * @throws IllegalArgumentException if a file cannot be read; the message names place and problem
   */
  static void load(
      Path folder, Optional<Path> policyFile, ClusterState state, PolicyHolder holder) {
    List<Resource> resources = objects(folder);
    state.embed(resources, Policy.DEFAULT);
    policyFile.ifPresent(file -> readPolicy(file, holder));
    LOG.infof("%d objects of %s stand for the cluster", resources.size(), folder);
  }

  /** Only what rules read is held: a whole cluster has to fit into what a container gives. */
  private static List<Resource> objects(Path folder) {
    List<Resource> resources = new ArrayList<>();
    List<MalformedObjectException> problems = new ArrayList<>();
    try {
      for (Path file : ManifestFiles.in(folder, true)) {
        resources.addAll(ManifestFiles.resources(file, problems::add));
        if (!problems.isEmpty()) {
          throw problems.getFirst();
        }
      }
    } catch (MalformedObjectException | IOException e) {
      // Without the cause, which says less: it knows neither the file nor the line.
      throw new IllegalArgumentException(e.getMessage());
    }
    return resources;
  }

  private static void readPolicy(Path file, PolicyHolder holder) {
    List<String> problems = holder.read(file.toString(), "file", text(file));
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
