package dev.lintel.cluster;

import com.fasterxml.jackson.core.JsonParser;
import dev.lintel.resource.MalformedObjectException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

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
    void refused(ObjectId configMap, List<String> problems);
  }

  @Override
  public synchronized void put(WatchedObject configMap) {
    isThere = true;
    List<String> problems = read(configMap);
    if (!problems.isEmpty()) {
      announcer.refused(configMap.id(), problems);
    }
    progress.done(READ);
  }

  @Override
  public synchronized void removed(ObjectId configMap) {
    isThere = false;
    useDefaults();
  }

  @Override
  public synchronized void listed() {
    if (!isThere) {
      useDefaults();
    }
  }

  private List<String> read(WatchedObject configMap) {
    try {
      Optional<String> text = text(configMap);
      return text.isPresent()
          ? holder.read(source + ", " + key, configMap.id().version(), text.get())
          : holder.rejected(List.of(source + " has no key " + key));
    } catch (MalformedObjectException | IOException | RuntimeException | StackOverflowError e) {
      return holder.rejected(
          List.of("%s cannot be read: %s".formatted(source, ApiServer.reason(e))));
    }
  }

  private Optional<String> text(WatchedObject configMap)
      throws IOException, MalformedObjectException {
    try (JsonParser parser = configMap.parser()) {
      return PolicyDocument.read(parser, key);
    }
  }

  private void useDefaults() {
    holder.absent(source);
    progress.done(READ);
  }
}
