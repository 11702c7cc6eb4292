package dev.lintel.replay;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Counts writes by one of their sides. Its size is bounded, whatever a log holds. */
final class Tally {

  /** What keys are counted under once there are too many. */
  static final String OTHERS = "(others)";

  private static final int MAX_KEYS = 10_000;

  private final Map<String, Count> counts = new TreeMap<>();

  /** More objects are not told apart: they count as one. */
  private static final int MAX_OBJECTS = 1_000_000;

  private int objects;

  /** How many writes, and of how many objects. */
  static final class Count {

    private final Set<String> objects = new HashSet<>();
    private long denied;
    private long warned;

    /** Returns how many would have been denied. */
    long denied() {
      return denied;
    }

    /** Returns how many would have been warned about, and not denied. */
    long warned() {
      return warned;
    }

    /** Returns how many objects they were writes of. */
    long objects() {
      return objects.size();
    }
  }

  /**
   * Counts a write.
   *
   * @param object what was written
   */
  void add(String key, String object, boolean isDenied) {
    String counted = counts.size() < MAX_KEYS || counts.containsKey(key) ? key : OTHERS;
    Count count = counts.computeIfAbsent(counted, each -> new Count());
    if (isDenied) {
      count.denied++;
    } else {
      count.warned++;
    }
    if (count.objects.add(objects < MAX_OBJECTS ? object : OTHERS)) {
      objects++;
    }
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
