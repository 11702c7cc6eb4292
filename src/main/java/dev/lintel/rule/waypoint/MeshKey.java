package dev.lintel.rule.waypoint;

import dev.lintel.mesh.Keys;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A label or annotation of Services and ServiceEntries that the mesh reads (docs/domain.md, 3.1).
 *
 * @param key prefix and name
 * @param isLabel whether it is a label; an annotation if not
 * @param loss what becomes of the object without it, as the end of a sentence
 */
record MeshKey(String key, boolean isLabel, String loss) {

  private static final List<MeshKey> ALL =
      List.of(
          label(Keys.USE_WAYPOINT, "no waypoint is named"),
          label(Keys.USE_WAYPOINT_NAMESPACE, "the waypoint is looked for in this namespace"),
          label(Keys.USE_WAYPOINT_CANARY, "there is no canary waypoint"),
          label(Keys.USE_WAYPOINT_CANARY_NAMESPACE, "the canary is looked for in this namespace"),
          label(Keys.INGRESS_USE_WAYPOINT, "ingress bypasses the waypoint"),
          label(Keys.GLOBAL, "it stays local to its cluster"),
          label(Keys.AUTO_ALLOCATE, "the default decides on an address"),
          label(Keys.SERVICE_SCOPE, "it stays local to its cluster"),
          label(Keys.SERVICE_TAKEOVER, "the local host stays local"),
          annotation(Keys.TRAFFIC_DISTRIBUTION, "no traffic distribution is set"),
          annotation(Keys.USE_WAYPOINT_CANARY_WEIGHT, "the canary waypoint gets nothing"));

  private static final Set<String> PREFIXES =
      Set.of(
          "istio.io",
          "networking.istio.io",
          "ambient.istio.io",
          "gateway.istio.io",
          "traffic.istio.io",
          "solo.io",
          "admin.solo.io",
          "kgateway.dev",
          "gateway.kgateway.dev");

  /** Keys with the word in them that some release knows, on whatever object. */
  private static final Set<String> OTHERS =
      Set.of(Keys.WAYPOINT_FOR, Keys.INBOUND_BINDING, Keys.REMOTE_WAYPOINT);

  /** Shorter names are too common to be guessed at. */
  private static final int MIN_LENGTH = 10;

  /** Longer names are none of these; keeps the comparison small. */
  private static final int MAX_LENGTH = 40;

  private static final int MAX_DISTANCE = 2;

  private static MeshKey label(String key, String loss) {
    return new MeshKey(key, true, loss);
  }

  private static MeshKey annotation(String key, String loss) {
    return new MeshKey(key, false, loss);
  }

  /**
   * Returns the key that a written one was meant to be.
   *
   * @param isLabel whether it is written as a label
   * @return empty if it is one of them on its own side, or nobody can tell
   */
  static Optional<MeshKey> meantBy(String written, boolean isLabel) {
    Optional<MeshKey> same = ALL.stream().filter(known -> known.key.equals(written)).findFirst();
    if (same.isPresent()) {
      return same.filter(known -> known.isLabel != isLabel && !known.isOfSolo());
    }
    int slash = written.indexOf('/');
    String prefix = slash < 0 ? "" : written.substring(0, slash);
    String name = written.substring(slash + 1);
    if (!PREFIXES.contains(prefix)
        || OTHERS.contains(written)
        || name.length() < MIN_LENGTH
        || name.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    return Stream.concat(
            ALL.stream().filter(known -> known.name().equals(name)),
            ALL.stream()
                .filter(known -> known.prefix().equals(prefix))
                .filter(known -> known.name().length() >= MIN_LENGTH)
                .filter(known -> distance(folded(name), known.name()) <= MAX_DISTANCE))
        .findFirst();
  }

  /** Tells whether a key below istio.io speaks of waypoints, and no release knows it. */
  static boolean isMadeUp(String written) {
    int slash = written.indexOf('/');
    String prefix = slash < 0 ? "" : written.substring(0, slash);
    boolean isIstios = prefix.equals("istio.io") || prefix.endsWith(".istio.io");
    boolean isKnown =
        OTHERS.contains(written) || ALL.stream().anyMatch(known -> known.key.equals(written));
    return isIstios
        && !isKnown
        && Stream.of(written.substring(slash + 1).split("[-_.]", -1)).anyMatch("waypoint"::equals);
  }

  /** Another rule speaks of these as annotations. */
  private boolean isOfSolo() {
    return prefix().equals("solo.io");
  }

  private String prefix() {
    return key.substring(0, key.indexOf('/'));
  }

  private String name() {
    return key.substring(key.indexOf('/') + 1);
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Counts the letters to insert, drop, change, or swap with their neighbour. */
  private static int distance(String one, String other) {
    int[][] rows = new int[one.length() + 1][other.length() + 1];
    for (int i = 0; i <= one.length(); i++) {
      for (int j = 0; j <= other.length(); j++) {
        rows[i][j] = i == 0 || j == 0 ? i + j : cheapest(rows, one, other, i, j);
      }
    }
    return rows[one.length()][other.length()];
  }

  private static int cheapest(int[][] rows, String one, String other, int i, int j) {
    int change = rows[i - 1][j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
    int cheapest = Math.min(change, Math.min(rows[i - 1][j], rows[i][j - 1]) + 1);
    boolean isSwap =
        i > 1
            && j > 1
            && one.charAt(i - 1) == other.charAt(j - 2)
            && one.charAt(i - 2) == other.charAt(j - 1);
    return isSwap ? Math.min(cheapest, rows[i - 2][j - 2] + 1) : cheapest;
  }
}
