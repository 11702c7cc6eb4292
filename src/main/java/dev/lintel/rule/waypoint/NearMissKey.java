package dev.lintel.rule.waypoint;

import dev.lintel.mesh.Keys;
import dev.lintel.mesh.Release;
import dev.lintel.mesh.Since;
import dev.lintel.resource.Kind;
import dev.lintel.resource.Metadata;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.OfHosts;
import dev.lintel.topology.Generated;
import dev.lintel.topology.Topology;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A label or annotation that is nearly one which the mesh reads.
 *
 * <p>Restricted: on Service and ServiceEntry, the keys of a closed list among the labels where they
 * are annotations or the reverse, their names under another prefix of the mesh, their names
 * misspelt, and other keys below {@code istio.io} that speak of waypoints. Allowed: any other
 * prefix, every key that a release defines, and a key beside the right one (docs/domain.md, 3.1).
 */
final class NearMissKey {

  static final Rule RULE =
      Rule.warns("WP-019", "near-miss-key")
          .summary("A label or annotation is nearly one that the mesh reads, and nobody reads it")
          .reads(Reads.and(Set.of(Kind.NAMESPACE), Kind.DEPLOYMENT))
          .ofHosts(NearMissKey::judge);

  private NearMissKey() {}

  /** The newest istiod whose keys are known. */
  private static final int NEWEST_MINOR = 32;

  private static Stream<Finding> judge(Topology topology, OfHosts subject) {
    if (Generated.isMarked(subject.resource(), topology.platform().rootNamespace())
        || isWithoutIstio(topology, subject)) {
      return Stream.empty();
    }
    Metadata metadata = subject.metadata();
    return Stream.concat(
        inOrder(metadata.labels()).flatMap(entry -> near(topology, metadata, entry, true).stream()),
        inOrder(metadata.annotations())
            .flatMap(entry -> near(topology, metadata, entry, false).stream()));
  }

  private static Stream<Map.Entry<String, String>> inOrder(Map<String, String> keys) {
    return new TreeMap<>(keys).entrySet().stream();
  }

  /** Tells whether the cluster is in sight and nothing of Istio is in it. */
  private static boolean isWithoutIstio(Topology topology, OfHosts subject) {
    return topology.dialect().istiods().isEmpty()
        && topology.namespace(topology.platform().rootNamespace()).isEmpty()
        && topology.namespace(subject.metadata().namespace()).isPresent();
  }

  private static Optional<Finding> near(
      Topology topology, Metadata metadata, Map.Entry<String, String> entry, boolean isLabel) {
    String key = entry.getKey();
    if (isDefault(entry.getValue())) {
      return Optional.empty();
    }
    return MeshKey.meantBy(key, isLabel)
        .filter(meant -> !isOld(topology, meant, key))
        .filter(meant -> isAbsent(metadata, meant))
        .map(meant -> finding(meant, key, isLabel))
        .or(
            () ->
                MeshKey.isMadeUp(key) && !isNewer(topology)
                    ? Optional.of(madeUp(key, isLabel))
                    : Optional.empty());
  }

  private static boolean isDefault(String value) {
    return value.equals("none") || value.equalsIgnoreCase("false");
  }

  /** A remnant beside the right key does no harm, whatever its value. */
  private static boolean isAbsent(Metadata metadata, MeshKey meant) {
    return (meant.isLabel() ? metadata.labels() : metadata.annotations()).get(meant.key()) == null;
  }

  /** Before 1.22 the waypoint was named by an annotation. */
  private static boolean isOld(Topology topology, MeshKey meant, String key) {
    return key.equals(Keys.USE_WAYPOINT)
        && meant.key().equals(key)
        && topology.dialect().istiodLacks(Since.WAYPOINT_BY_LABEL);
  }

  private static boolean isNewer(Topology topology) {
    List<Release> running = topology.dialect().istiods();
    return running.stream()
        .flatMap(release -> release.version().stream())
        .anyMatch(version -> version.isAtLeast(1, NEWEST_MINOR + 1));
  }

  private static Finding finding(MeshKey meant, String key, boolean isLabel) {
    String side = meant.isLabel() ? "label" : "annotation";
    boolean isWrongSide = meant.key().equals(key);
    String says =
        isWrongSide
            ? "`%s` is read as %s, not as %s: %s"
                .formatted(key, side, isLabel ? "label" : "annotation", meant.loss())
            : "nobody reads `%s`; the key is `%s`: %s".formatted(key, meant.key(), meant.loss());
    return at(key, isLabel)
        .says("%s", says)
        .because(
            "Labels and annotations that nobody knows are kept without a word, by the API server and"
                + " by every controller.")
        .fix(
            "%s",
            isWrongSide
                ? "move it to `metadata.%ss`".formatted(side)
                : "write the %s `%s`".formatted(side, meant.key()));
  }

  private static Finding madeUp(String key, boolean isLabel) {
    return at(key, isLabel)
        .says("no release of Istio reads `%s`", key)
        .because(
            "Labels and annotations that nobody knows are kept without a word, by the API server and"
                + " by every controller.")
        .fix("use `istio.io/use-waypoint` or `istio.io/ingress-use-waypoint`, or remove it");
  }

  private static Finding at(String key, boolean isLabel) {
    return Finding.at(isLabel ? FieldPath.label(key) : FieldPath.annotation(key)).about(key);
  }
}
