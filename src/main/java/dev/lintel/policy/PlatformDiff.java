package dev.lintel.policy;

import dev.lintel.mesh.Platform;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/** Which facts about the installation two policies state differently. */
final class PlatformDiff {

  private PlatformDiff() {}

  /** Returns a sentence for each key, without a full stop. */
  static List<String> between(Platform old, Platform now) {
    List<String> changes = new ArrayList<>();
    add(changes, "platform", PolicyWriter.platform(old), PolicyWriter.platform(now));
    return changes;
  }

  private static void add(List<String> changes, String path, Map<?, ?> old, Map<?, ?> now) {
    TreeSet<String> keys = new TreeSet<>();
    old.keySet().forEach(key -> keys.add(String.valueOf(key)));
    now.keySet().forEach(key -> keys.add(String.valueOf(key)));
    for (String key : keys) {
      String place = path + "." + key;
      Object before = Objects.requireNonNullElse(old.get(key), "the default");
      Object after = Objects.requireNonNullElse(now.get(key), "the default");
      if (before instanceof Map<?, ?> earlier && after instanceof Map<?, ?> later) {
        add(changes, place, earlier, later);
      } else if (!before.equals(after)) {
        changes.add("%s goes from %s to %s".formatted(place, before, after));
      }
    }
  }
}
