package dev.lintel.topology;

import dev.lintel.mesh.Dialect;
import dev.lintel.mesh.KgatewayDistribution;
import dev.lintel.mesh.Since;
import dev.lintel.mesh.TrafficDistribution;
import dev.lintel.resource.EndpointSlice;
import dev.lintel.resource.Pod;

/**
 * Which endpoints of a backend a reader balances over although they do not serve (docs/domain.md,
 * 1.5).
 *
 * @param takesUnready whether endpoints of a slice that are not ready count
 * @param takesUnreadyPods whether Pods count that a ServiceEntry selects and that are not ready
 * @param takesTerminating whether it does not matter that an endpoint is about to go
 */
record Readiness(boolean takesUnready, boolean takesUnreadyPods, boolean takesTerminating) {

  static Readiness of(Topology topology, EndpointReader reader, Backend backend) {
    return switch (reader) {
      case ZTUNNEL -> new Readiness(false, false, false);
      case ISTIOD_PROXY -> {
        boolean isSent = istiodSendsUnready(topology, backend);
        yield new Readiness(isSent, isSent, false);
      }
      case KGATEWAY -> new Readiness(false, !dropsUnreadyPods(topology.dialect()), true);
      case ENTERPRISE_KGATEWAY -> new Readiness(false, true, true);
    };
  }

  /** For every service since 1.31; before, where a mode needs them to know when to move on. */
  private static boolean istiodSendsUnready(Topology topology, Backend backend) {
    return !topology.dialect().istiodLacks(Since.UNREADY_ENDPOINTS_SENT)
        || topology.endpoints().trafficDistributionOf(backend).atIstiod()
            != TrafficDistribution.ANY;
  }

  /** A release between 2.3.0 and 2.4 may drop them or not; then they are taken to count. */
  private static boolean dropsUnreadyPods(Dialect dialect) {
    return Since.UNREADY_PODS_DROPPED.isKnownIn(
        dialect
            .kgateway(KgatewayDistribution.OPEN_SOURCE)
            .release()
            .flatMap(release -> release.version()));
  }

  boolean takes(EndpointSlice.Endpoint endpoint) {
    return (endpoint.ready() || takesUnready) && (takesTerminating || !endpoint.terminating());
  }

  /** Tells whether a Pod counts that stands for an endpoint of a slice which is not known. */
  boolean takesOfService(Pod pod) {
    return takes(pod, takesUnready);
  }

  /** Tells whether a Pod counts that a ServiceEntry selects. */
  boolean takesOfEntry(Pod pod) {
    return takes(pod, takesUnreadyPods);
  }

  private boolean takes(Pod pod, boolean unready) {
    return unready ? takesTerminating || !pod.metadata().deleting() : !pod.isOut();
  }
}
