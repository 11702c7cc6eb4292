package dev.lintel.resource;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * An Istio VirtualService, of which only the hosts and where they lead matter.
 *
 * @param metadata its metadata
 * @param hosts the hosts as written; empty for one that others delegate to
 * @param gateways the gateways as written; empty means the mesh itself
 * @param exportTo the namespaces it is exported to, as written; empty means the mesh's default
 * @param destinations the destinations of all its routes and mirrors, by host
 */
public record VirtualService(
    Metadata metadata,
    List<String> hosts,
    List<String> gateways,
    List<String> exportTo,
    List<Destination> destinations)
    implements Resource {

  /** Routes of several protocols are fields of their own, whose order does not matter. */
  private static final Comparator<Destination> BY_HOST =
      Comparator.comparing(Destination::host)
          .thenComparing(Destination::subset)
          .thenComparing(destination -> destination.port().orElse(0));

  /** The gateway that stands for the proxies of the mesh. */
  public static final String MESH = "mesh";

  /** Copies the collections, so that the record is immutable. */
  public VirtualService {
    hosts = List.copyOf(hosts);
    gateways = List.copyOf(gateways);
    exportTo = List.copyOf(exportTo);
    destinations = destinations.stream().sorted(BY_HOST).toList();
  }

  /** Two forms of one object are rare: its name tells it well enough, whatever its size. */
  @Override
  public int hashCode() {
    return key().hashCode();
  }

  @Override
  public Kind kind() {
    return Kind.VIRTUAL_SERVICE;
  }

  @Override
  public VirtualService withMetadata(Metadata other) {
    return new VirtualService(other, hosts, gateways, exportTo, destinations);
  }

  /** Tells whether the proxies of the mesh read it: waypoints and sidecars. */
  public boolean isForMesh() {
    return gateways.isEmpty() || gateways.contains(MESH);
  }

  /**
   * Where a route leads.
   *
   * @param host the host as written
   * @param subset the subset; empty if none is named
   * @param port the port; empty if the object does not say
   */
  public record Destination(String host, String subset, Optional<Integer> port) {}
}
