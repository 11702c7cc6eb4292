package dev.lintel.mesh;

/**
 * A region, a zone and a subzone; each may be empty.
 *
 * @param region the region
 * @param zone the zone
 * @param subzone the subzone
 */
public record Locality(String region, String zone, String subzone) {

  /** Reads {@code region/zone/subzone}, of which the latter parts may be left out. */
  public static Locality parse(String written) {
    String[] parts = written.split("/", 3);
    return new Locality(
        parts[0], parts.length > 1 ? parts[1] : "", parts.length > 2 ? parts[2] : "");
  }

  /** Tells whether region and zone are both there, as locality modes need it. */
  public boolean isComplete() {
    return !region.isEmpty() && !zone.isEmpty();
  }
}
