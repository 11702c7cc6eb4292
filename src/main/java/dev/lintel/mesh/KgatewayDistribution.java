package dev.lintel.mesh;

/** Whose kgateway drives a Gateway. */
public enum KgatewayDistribution {
  /** The open source project's. */
  OPEN_SOURCE,
  /** Solo's enterprise build. */
  ENTERPRISE
}
