package dev.lintel.rule.multicluster;

import dev.lintel.topology.IngressPath;

/** What the family's rules ask of an ingress path. */
final class Ingress {

  private Ingress() {}

  /** Tells whether a captured gateway picks the Pod: P2 to P4 (docs/domain.md, 4.3). */
  static boolean isPickedInTheMesh(IngressPath path) {
    return path.gatewayPicksPod() && !(path instanceof IngressPath.PlaintextToPod);
  }
}
