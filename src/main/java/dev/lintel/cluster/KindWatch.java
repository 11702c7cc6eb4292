package dev.lintel.cluster;

import dev.lintel.resource.Kind;
import dev.lintel.resource.MalformedObjectException;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jboss.logging.Logger;

/**
 * Follows the objects of one kind for as long as the kind is installed: it comes and goes with its
 * definition. Without one the kind has no objects, which is no error.
 */
final class KindWatch implements ObjectListener {

  private static final Logger LOG = Logger.getLogger(KindWatch.class);

  private final Kind kind;
  private final BiFunction<Kind, String, List<ObjectWatch>> watches;
  private Optional<String> version = Optional.empty();
  private List<ObjectWatch> running = List.of();

  /**
   * Creates a watch for a kind that is not known to be installed.
   *
   * @param watches makes the watches on the objects of a kind in a version
   */
  KindWatch(Kind kind, BiFunction<Kind, String, List<ObjectWatch>> watches) {
    this.kind = kind;
    this.watches = watches;
  }

  /** Follows the kind in a version, or not at all. */
  synchronized void follow(Optional<String> served) {
    if (served.equals(version)) {
      return;
    }
    LOG.infof("%s: %s", kind.plural(), served.map(v -> "served as " + v).orElse("not installed"));
    running.forEach(ObjectWatch::forget);
    running = served.map(v -> watches.apply(kind, v)).orElse(List.of());
    running.forEach(ObjectWatch::start);
    version = served;
  }

  /** Returns the watches on its objects; none for a kind that is not installed. */
  synchronized List<ObjectWatch> running() {
    return running;
  }

  /** Stops. */
  synchronized void stop() {
    running.forEach(ObjectWatch::close);
    running = List.of();
  }

  /** A definition that cannot be read changes nothing. */
  @Override
  public void put(WatchedObject definition) {
    try {
      follow(Definition.version(kind, definition));
    } catch (MalformedObjectException e) {
      LOG.warnf("the definition of %s cannot be read: %s", kind.plural(), e.getMessage());
    }
  }

  @Override
  public void removed(ObjectId definition) {
    follow(Optional.empty());
  }
}
