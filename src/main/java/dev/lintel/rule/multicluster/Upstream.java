package dev.lintel.rule.multicluster;

import dev.lintel.resource.Kind;
import dev.lintel.resource.Service;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Subject.OfService;
import dev.lintel.topology.Topology;
import dev.lintel.topology.WaypointBinding.Bound;
import java.util.Optional;
import java.util.Set;

/** What the rules about upstream Istio's multi-network mesh ask. */
final class Upstream {

  /** What it takes to know a Service's waypoint, and whose Istio it is. */
  static final Set<Kind> WAYPOINT = Reads.and(Reads.BINDING, Kind.DEPLOYMENT);

  private Upstream() {}

  /** Returns a Service of upstream Istio with the waypoint that serves it. */
  static Optional<Waypointed> waypointed(Topology topology, OfService subject) {
    if (!topology.dialect().isUpstream() || topology.dialect().multiNetwork().isNo()) {
      return Optional.empty();
    }
    return subject.hosts().stream()
        .filter(host -> host.backend().hasVip())
        .flatMap(
            host ->
                host.backend().resource() instanceof Service service
                        && host.waypoint() instanceof Bound bound
                    ? Optional.of(new Waypointed(service, bound)).stream()
                    : Optional.<Waypointed>empty().stream())
        .findFirst();
  }

  /**
   * A Service and its waypoint.
   *
   * @param service the Service
   * @param bound its waypoint
   */
  record Waypointed(Service service, Bound bound) {}
}
