package dev.lintel.mesh;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How endpoints are preferred (docs/domain.md, 1.1 and 1.4). */
public enum TrafficDistribution {
  /** No preference. */
  ANY("Any", List.of()),
  /** The same network, region and zone first; {@code PreferClose} is an older name for it. */
  PREFER_SAME_ZONE("PreferSameZone", List.of(Tier.NETWORK, Tier.REGION, Tier.ZONE)),
  /** The same node first. */
  PREFER_SAME_NODE("PreferSameNode", List.of(Tier.values())),
  /** The same network first; known to kgateway and to Solo's Istio. */
  PREFER_NETWORK("PreferNetwork", List.of(Tier.NETWORK)),
  /** The same network and region first; known to Solo's Istio. */
  PREFER_REGION("PreferRegion", List.of(Tier.NETWORK, Tier.REGION));

  /** No mode has a longer name. */
  private static final int MAX_LENGTH = 32;

  private final String spelling;
  private final List<Tier> tiers;

  TrafficDistribution(String spelling, List<Tier> tiers) {
    this.spelling = spelling;
    this.tiers = tiers;
  }

  /** Returns the value as the annotation spells it. */
  public String spelling() {
    return spelling;
  }

  /**
   * Returns what is compared between client and endpoint, one after the other; nothing for Any.
   * Those of {@link #PREFER_NETWORK} and {@link #PREFER_REGION} are inferred from their names
   * (docs/domain.md, 1.4).
   */
  public List<Tier> tiers() {
    return tiers;
  }

  /**
   * Finds the mode that an annotation's value names for at least one component. Letter case does
   * not count; blanks do.
   *
   * @return empty if no component of any distribution knows the value
   */
  public static Optional<TrafficDistribution> named(String value) {
    if (value.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    return Optional.ofNullable(
        switch (value.toLowerCase(Locale.ROOT)) {
          case "any" -> ANY;
          case "preferclose", "prefersamezone" -> PREFER_SAME_ZONE;
          case "prefersamenode" -> PREFER_SAME_NODE;
          case "prefernetwork" -> PREFER_NETWORK;
          case "preferregion" -> PREFER_REGION;
          default -> null;
        });
  }

  /**
   * Finds the mode of {@code spec.trafficDistribution} as istiod compares it: exactly.
   *
   * @return empty if istiod does not know the value and goes on to the annotation
   */
  public static Optional<TrafficDistribution> ofSpec(String value) {
    return switch (value) {
      case "PreferClose", "PreferSameZone" -> Optional.of(PREFER_SAME_ZONE);
      case "PreferSameNode" -> Optional.of(PREFER_SAME_NODE);
      default -> Optional.empty();
    };
  }

  /**
   * Returns the annotation's values that upstream istiod knows, by its version (docs/domain.md,
   * 1.1).
   */
  public static List<String> valuesOfIstiod(Optional<Version> version) {
    return Since.SAME_ZONE_AND_NODE.isKnownToLack(version)
        ? List.of("PreferClose")
        : List.of("PreferSameZone", "PreferClose", "PreferSameNode");
  }

  /**
   * Returns the values of {@code spec.trafficDistribution} that the API server accepts with its
   * default feature gates, by its version (docs/domain.md, 1.2).
   *
   * @param version empty if unknown: then what some release accepts
   * @return empty where the field does not exist
   */
  public static List<String> valuesOfKubernetes(Optional<Version> version) {
    if (Since.DISTRIBUTION_FIELD.isKnownToLack(version)) {
      return List.of();
    }
    return Since.SAME_ZONE_FIELD.isKnownToLack(version)
        ? List.of("PreferClose")
        : List.of("PreferSameZone", "PreferClose", "PreferSameNode");
  }

  @Override
  public String toString() {
    return spelling;
  }
}
