package dev.lintel.cluster;

import jakarta.inject.Singleton;
import java.util.Map;
import java.util.TreeMap;

/**
 * What has to be read before the first write can be judged, and why it has not been read yet.
 *
 * <p>Complete means complete once: a watch that breaks later, or a kind that is installed later,
 * changes nothing.
 */
@Singleton
class Progress {

  private final ClusterState state;
  private final Map<String, String> missing = new TreeMap<>();

  Progress(ClusterState state) {
    this.state = state;
    missing.put("start", "has not begun");
  }

  /** Adds something that has to be read, or says why it still is not. */
  synchronized void awaits(String what, String why) {
    missing.put(what, why);
  }

  /** Updates the reason for something that is awaited; nothing if it is not. */
  synchronized void delays(String what, String why) {
    missing.replace(what, why);
  }

  /** Everything that has to be read is known by now. */
  void begun() {
    done("start");
  }

  /** Something has been read, or need not be read any more. */
  synchronized void done(String what) {
    missing.remove(what);
    if (missing.isEmpty() && !state.current().isComplete()) {
      state.completed();
    }
  }

  /** Returns what is missing with the reason, by name. */
  synchronized Map<String, String> missing() {
    return new TreeMap<>(missing);
  }
}
