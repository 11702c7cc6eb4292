package dev.lintel.mesh;

/** Whose Istio runs the mesh. */
public enum IstioDistribution {
  /** The open source project's. */
  UPSTREAM,
  /** Solo's, with multicluster peering. */
  SOLO,
  /** Neither the policy nor the cluster tells. */
  UNKNOWN
}
