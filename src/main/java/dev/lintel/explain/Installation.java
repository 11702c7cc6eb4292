package dev.lintel.explain;

import dev.lintel.mesh.IstioDistribution;
import dev.lintel.mesh.Kgateway;
import dev.lintel.mesh.Version;
import java.util.List;
import java.util.Optional;

/**
 * Which components are installed, as far as it is known (docs/domain.md, 0).
 *
 * @param istio whose Istio it is
 * @param istioVersion istiod's version; empty if unknown
 * @param kgateways the controllers of kgateway that a Gateway or a class names
 */
public record Installation(
    IstioDistribution istio, Optional<Version> istioVersion, List<Kgateway> kgateways) {

  /** Copies the list, so that the record is immutable. */
  public Installation {
    kgateways = List.copyOf(kgateways);
  }
}
