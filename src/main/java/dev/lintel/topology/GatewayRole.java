package dev.lintel.topology;

/** What a Gateway is for, told by its class (docs/domain.md, 3.4). */
public enum GatewayRole {
  /** An ingress driven by open source kgateway. */
  KGATEWAY,
  /** An ingress driven by enterprise kgateway. */
  ENTERPRISE_KGATEWAY,
  /** Istio's own ingress: it speaks HBONE itself and is fed by istiod. */
  ISTIO_INGRESS,
  /** An ingress of agentgateway, whoever drives it. */
  AGENTGATEWAY,
  /** A waypoint of any vendor. */
  WAYPOINT,
  /** An east-west gateway. */
  EAST_WEST,
  /** A peer in another cluster. */
  REMOTE_PEER,
  /** Anything else. */
  OTHER
}
