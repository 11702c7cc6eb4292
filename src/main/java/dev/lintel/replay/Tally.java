package dev.lintel.replay;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts writes by one of their sides. Its size is bounded, whatever a log holds. */
final class Tally {

  /** What keys are counted under once there are too many. */
  static final String OTHERS = "(others)";

  private static final int MAX_KEYS = 10_000;

  private final Map<String, Count> counts = new TreeMap<>();

  /**
   * How many writes.
   *
   * @param denied how many would have been denied
   * @param warned how many would have been warned about, and not denied
   */
  record Count(long denied, long warned) {

    private Count plus(boolean isDenied) {
      return isDenied ? new Count(denied + 1, warned) : new Count(denied, warned + 1);
    }
  }

  /** Counts a write. */
  void add(String key, boolean isDenied) {
    String counted = counts.size() < MAX_KEYS || counts.containsKey(key) ? key : OTHERS;
    counts.put(counted, counts.getOrDefault(counted, new Count(0, 0)).plus(isDenied));
  }

  /** Returns the counts by key. */
  List<Map.Entry<String, Count>> byKey() {
    return List.copyOf(counts.entrySet());
  }

  /** Returns the counts, the most denials first, then the most warnings. */
  List<Map.Entry<String, Count>> mostFirst() {
    return counts.entrySet().stream()
        .sorted(
            Comparator.<Map.Entry<String, Count>>comparingLong(entry -> -entry.getValue().denied())
                .thenComparingLong(entry -> -entry.getValue().warned())
                .thenComparing(Map.Entry::getKey))
        .toList();
  }
}
