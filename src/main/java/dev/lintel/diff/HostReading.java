package dev.lintel.diff;

import dev.lintel.mesh.Fact;
import dev.lintel.mesh.HostName;
import dev.lintel.mesh.TrafficDistribution;
import dev.lintel.resource.NamespacedName;
import java.util.Map;
import java.util.Optional;

/**
 * What one state says of one host.
 *
 * @param defined whether some object defines it
 * @param paths how each Gateway of kgateway reaches it that does, or may
 * @param waypoint the waypoint that istiod binds
 * @param readers for each DestinationRule that covers the host, who reads it or may
 * @param modes by which mode each of those picks who pick, or may
 */
record HostReading(
    boolean defined,
    Map<NamespacedName, Possible<Row>> paths,
    Optional<NamespacedName> waypoint,
    Map<NamespacedName, Map<String, Fact>> readers,
    Map<Picked, Possible<TrafficDistribution>> modes) {

  /** What nothing defines. */
  static final HostReading NOTHING =
      new HostReading(false, Map.of(), Optional.empty(), Map.of(), Map.of());

  HostReading {
    paths = Map.copyOf(paths);
    readers = Map.copyOf(readers);
    modes = Map.copyOf(modes);
  }

  /**
   * Endpoints that somebody picks.
   *
   * @param host whose endpoints: of the waypoint's own Service on the way to it
   * @param picker who
   */
  record Picked(HostName host, String picker) {}
}
