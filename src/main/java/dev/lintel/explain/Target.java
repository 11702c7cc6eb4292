package dev.lintel.explain;

import dev.lintel.resource.ResourceRef;
import dev.lintel.topology.IngressPath;
import dev.lintel.topology.RouteReference.Standing;
import java.util.List;
import java.util.Optional;

/**
 * What a reference of a route leads to.
 *
 * @param reference the reference as a sentence names it, with its port
 * @param standing what becomes of it
 * @param backend the object that it leads to, or would; empty if there is none
 * @param delegates the routes that it delegates to
 * @param arrivals the paths from kgateway Gateways, by Gateway
 */
public record Target(
    String reference,
    Standing standing,
    Optional<ResourceRef> backend,
    List<ResourceRef> delegates,
    List<Arrival> arrivals) {

  /** Copies the lists, so that the record is immutable. */
  public Target {
    delegates = List.copyOf(delegates);
    arrivals = List.copyOf(arrivals);
  }

  /**
   * How requests of one Gateway come to the target.
   *
   * @param gateway the Gateway
   * @param paths the path, or the possible ones where a fact is unknown; never empty
   */
  public record Arrival(ResourceRef gateway, List<IngressPath> paths) {
    /** Copies the list, so that the record is immutable. */
    public Arrival {
      paths = List.copyOf(paths);
    }
  }
}
