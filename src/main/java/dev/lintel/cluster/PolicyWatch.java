package dev.lintel.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;

/**
 * Follows the ConfigMap with the policy. A bad document is no reason to be unready: the last good
 * one is in force, or the built-in defaults.
 */
final class PolicyWatch implements ObjectListener {

  private static final String READ = "policy";

  private final String source;
  private final String key;
  private final PolicyHolder holder;
  private final Progress progress;
  private final PolicyAnnouncer announcer;
  private boolean isThere;

  /**
   * Creates a watch.
   *
   * @param source what the ConfigMap is called in messages
   * @param key the key of the policy in the ConfigMap
   */
  PolicyWatch(
      String source,
      String key,
      PolicyHolder holder,
      Progress progress,
      PolicyAnnouncer announcer) {
    this.source = source;
    this.key = key;
    this.holder = holder;
    this.progress = progress;
    this.announcer = announcer;
    progress.awaits(READ, "has not been read");
  }

  /** Tells the ConfigMap's readers what came of it. */
  interface PolicyAnnouncer {
    /** A document was refused. */
    void refused(GenericKubernetesResource configMap, List<String> problems);
  }

  @Override
  public synchronized void put(GenericKubernetesResource configMap) {
    isThere = true;
    Object text = configMap.get("data", key);
    String generation = configMap.getMetadata().getResourceVersion();
    List<String> problems =
        text instanceof String document
            ? holder.read(source + ", " + key, generation, document)
            : holder.rejected(List.of(source + " has no key " + key));
    if (!problems.isEmpty()) {
      announcer.refused(configMap, problems);
    }
    progress.done(READ);
  }

  @Override
  public synchronized void removed(GenericKubernetesResource configMap) {
    isThere = false;
    useDefaults();
  }

  @Override
  public synchronized void listed() {
    if (!isThere) {
      useDefaults();
    }
  }

  private void useDefaults() {
    holder.absent(source);
    progress.done(READ);
  }
}
