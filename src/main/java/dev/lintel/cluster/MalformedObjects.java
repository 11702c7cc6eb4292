package dev.lintel.cluster;

import dev.lintel.report.Lines;
import dev.lintel.resource.Kind;
import dev.lintel.resource.ResourceRef;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Names the objects that cannot be read, and therefore do not count: in the log, in Events and in
 * metrics. Who may write objects decides how many there are, so not each of them is named.
 */
final class MalformedObjects {

  private static final Logger LOG = Logger.getLogger(MalformedObjects.class);
  private static final int LINES_A_MINUTE = 20;
  private static final int EVENTS_A_MINUTE = 6;

  private final ClusterMetrics metrics;
  private final EventWriter events;
  private final Budget lines = new Budget(LINES_A_MINUTE);
  private final Budget notes = new Budget(EVENTS_A_MINUTE);
  private final Set<ResourceRef> present = ConcurrentHashMap.newKeySet();

  MalformedObjects(ClusterMetrics metrics, EventWriter events) {
    this.metrics = metrics;
    this.events = events;
  }

  /**
   * Takes note of an object that cannot be read.
   *
   * @param apiVersion its group and version
   */
  void found(Kind kind, String apiVersion, ObjectId id, String problem) {
    ResourceRef ref = id.ref(kind);
    metrics.malformed(kind);
    if (present.add(ref)) {
      metrics.malformedPresent(kind, 1);
    }
    String brief = Lines.brief(problem);
    if (lines.take()) {
      LOG.warnf("%s cannot be read and does not count: %s", ref.spoken(), brief);
    }
    if (notes.take()) {
      events.warn(
          apiVersion,
          kind.objectKind(),
          id,
          "NotReadable",
          "Read",
          "Lintel cannot read this object, so it does not count when others are judged: " + brief);
    }
  }

  /** Takes note of an object of which not even the name can be read. */
  void foundNameless(Kind kind, String problem) {
    metrics.malformed(kind);
    if (lines.take()) {
      LOG.warnf(
          "an object in %s cannot be read and does not count: %s",
          kind.plural(), Lines.brief(problem));
    }
  }

  /** Takes note that an object is readable, or gone. */
  void resolved(ResourceRef ref) {
    if (present.remove(ref)) {
      metrics.malformedPresent(ref.kind(), -1);
    }
  }

  /** Begins a new minute. */
  void minute() {
    notes.renew();
    long leftOut = lines.renew();
    if (leftOut > 0) {
      LOG.warnf("%d more objects could not be read and do not count", leftOut);
    }
  }
}
