package dev.lintel.state;

import dev.lintel.mesh.Keys;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.Metadata;
import dev.lintel.resource.Service;
import dev.lintel.topology.Change;
import dev.lintel.topology.Topology;
import dev.lintel.topology.WaypointBinding;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gives the Services that istiod generates for waypoints the traffic distribution that it applies
 * again and again: that of the Gateway, else its default (docs/domain.md, 1.6).
 */
final class SettledServices {

  private static final String DEFAULT = "PreferClose";

  private SettledServices() {}

  static Topology of(Topology topology) {
    List<Gateway> waypoints =
        topology.gateways().filter(topology.waypoints()::isEnvoyOfIstiod).toList();
    Topology settled = topology;
    for (Gateway waypoint : waypoints) {
      Optional<Service> service =
          topology
              .service(waypoint.namespace(), waypoint.name())
              .filter(found -> isGenerated(topology, found));
      if (service.isPresent()) {
        settled = settled.apply(Change.put(annotated(service.get(), mode(waypoint))));
      }
    }
    return settled;
  }

  private static boolean isGenerated(Topology topology, Service service) {
    return topology.waypoints().of(topology.backendOf(service)) instanceof WaypointBinding.Excluded;
  }

  /** What the infrastructure says counts alone, as soon as it has annotations at all. */
  private static String mode(Gateway waypoint) {
    Map<String, String> annotations =
        waypoint.infrastructureAnnotations().orElse(waypoint.metadata().annotations());
    return annotations.getOrDefault(Keys.TRAFFIC_DISTRIBUTION, DEFAULT);
  }

  private static Service annotated(Service service, String mode) {
    Metadata metadata = service.metadata();
    Map<String, String> annotations = new HashMap<>(metadata.annotations());
    annotations.put(Keys.TRAFFIC_DISTRIBUTION, mode);
    return service.withMetadata(metadata.with(metadata.labels(), annotations));
  }
}
