package dev.lintel.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;

/** Follows the ConfigMap with the policy. */
final class PolicyWatch implements ObjectListener {

  private static final String IN_FORCE = "policy";

  private final String source;
  private final String key;
  private final PolicyHolder holder;
  private final Progress progress;
  private boolean isThere;

  /**
   * Creates a watch.
   *
   * @param source what the ConfigMap is called in messages
   * @param key the key of the policy in the ConfigMap
   */
  PolicyWatch(String source, String key, PolicyHolder holder, Progress progress) {
    this.source = source;
    this.key = key;
    this.holder = holder;
    this.progress = progress;
    progress.awaits(IN_FORCE, "has not been read");
  }

  @Override
  public synchronized void put(GenericKubernetesResource configMap) {
    isThere = true;
    Object text = configMap.get("data", key);
    List<String> problems =
        text instanceof String document
            ? holder.read(source + ", " + key, document)
            : holder.rejected(List.of(source + " has no key " + key));
    if (problems.isEmpty()) {
      progress.done(IN_FORCE);
    } else {
      progress.delays(IN_FORCE, String.join("; ", problems));
    }
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
    progress.done(IN_FORCE);
  }
}
