package dev.lintel.topology;

import dev.lintel.mesh.Locality;
import dev.lintel.mesh.Tier;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where an endpoint or a client is, as one reader sees it.
 *
 * @param values the value of each tier that is known; empty where it is known to be absent
 */
public record Place(Map<Tier, String> values) {

  /** A place of which nothing is known. */
  static final Place UNKNOWN = new Place(Map.of());

  /** Copies the values, so that the record is immutable. */
  public Place {
    values = Map.copyOf(values);
  }

  /**
   * Returns the value of a tier: blank if there is none, empty if it is not known. Two that have
   * none are equally close.
   */
  public Optional<String> get(Tier tier) {
    return Optional.ofNullable(values.get(tier));
  }

  /** Returns the region; see {@link #get}. */
  public Optional<String> region() {
    return get(Tier.REGION);
  }

  /** Returns the zone; see {@link #get}. */
  public Optional<String> zone() {
    return get(Tier.ZONE);
  }

  /** Returns the same place with a value for a tier. */
  public Place with(Tier tier, String value) {
    Map<Tier, String> next = new EnumMap<>(Tier.class);
    next.putAll(values);
    next.put(tier, value);
    return new Place(next);
  }

  /** Returns the same place with a value for a tier, if it is known. */
  Place with(Tier tier, Optional<String> value) {
    return value.map(known -> with(tier, known)).orElse(this);
  }

  /** Returns the same place in a locality. */
  Place in(Locality locality) {
    return with(Tier.REGION, locality.region())
        .with(Tier.ZONE, locality.zone())
        .with(Tier.SUBZONE, locality.subzone());
  }
}
