package dev.lintel.topology;

import dev.lintel.mesh.KgatewayDistribution;

/** Who looks at endpoints: each sees others of their properties (docs/domain.md, 1.4). */
public enum EndpointReader {
  /** ztunnel, told by istiod. */
  ZTUNNEL,
  /** An Envoy driven by istiod: a waypoint, a sidecar, Istio's own gateway. */
  ISTIOD_PROXY,
  /** A gateway of open source kgateway that picks Pods itself. */
  KGATEWAY,
  /** A gateway of enterprise kgateway that picks Pods itself. */
  ENTERPRISE_KGATEWAY;

  /** Returns the reader that a kgateway is. */
  public static EndpointReader of(KgatewayDistribution distribution) {
    return switch (distribution) {
      case OPEN_SOURCE -> KGATEWAY;
      case ENTERPRISE -> ENTERPRISE_KGATEWAY;
    };
  }

  /** Tells whether a gateway of kgateway looks. */
  public boolean isKgateway() {
    return this == KGATEWAY || this == ENTERPRISE_KGATEWAY;
  }
}
