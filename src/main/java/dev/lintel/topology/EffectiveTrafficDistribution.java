package dev.lintel.topology;

import dev.lintel.mesh.Dialect;
import dev.lintel.mesh.Keys;
import dev.lintel.mesh.TrafficDistribution;
import dev.lintel.resource.Service;
import java.util.Optional;

/**
 * The traffic distribution of a backend, as written and as its readers see it (docs/domain.md, 1.1
 * and 1.3).
 *
 * @param spec {@code spec.trafficDistribution} of the Service
 * @param annotation the annotation of the Service or ServiceEntry
 * @param namespaceAnnotation the annotation of the Namespace
 * @param atIstiod the mode for ztunnel, waypoints, sidecars and Istio's gateways
 * @param atKgateway the mode for a kgateway that picks Pods itself
 */
public record EffectiveTrafficDistribution(
    Optional<String> spec,
    Optional<String> annotation,
    Optional<String> namespaceAnnotation,
    TrafficDistribution atIstiod,
    TrafficDistribution atKgateway) {

  static EffectiveTrafficDistribution of(Topology topology, Backend backend) {
    Optional<String> spec =
        backend.resource() instanceof Service service
            ? service.trafficDistribution()
            : Optional.empty();
    Optional<String> annotation =
        backend.trafficDistributionAnnotation().filter(value -> !value.isEmpty());
    Optional<String> ofNamespace =
        topology
            .namespace(backend.namespace())
            .flatMap(found -> found.metadata().annotation(Keys.TRAFFIC_DISTRIBUTION))
            .filter(value -> !value.isEmpty());
    Dialect dialect = topology.dialect();
    return new EffectiveTrafficDistribution(
        spec,
        annotation,
        ofNamespace,
        isPassthrough(backend)
            ? TrafficDistribution.ANY
            : atIstiod(dialect, spec, annotation, ofNamespace),
        atKgateway(dialect, spec, annotation));
  }

  /** Returns the value that stands on the object itself: the field's before the annotation's. */
  public Optional<String> ownValue() {
    return spec.or(() -> annotation);
  }

  /** Returns the field in which {@link #ownValue()} stands, as a label of evidence. */
  public boolean isInSpec() {
    return spec.isPresent();
  }

  private static boolean isPassthrough(Backend backend) {
    return backend instanceof Backend.OfEntry(var entry, var host, var written)
        && entry.isPassthrough();
  }

  private static TrafficDistribution atIstiod(
      Dialect dialect,
      Optional<String> spec,
      Optional<String> annotation,
      Optional<String> ofNamespace) {
    Optional<TrafficDistribution> bySpec =
        spec.flatMap(TrafficDistribution::ofSpec)
            .filter(
                m ->
                    dialect.readByIstiod(m.spelling()).isPresent()
                        || spec.get().equals("PreferClose"));
    if (bySpec.isPresent()) {
      return bySpec.get();
    }
    if (annotation.isPresent()) {
      return dialect.readByIstiod(annotation.get()).orElse(TrafficDistribution.ANY);
    }
    return ofNamespace
        .filter(value -> !dialect.istiodIsOlderThan(1, 30))
        .flatMap(dialect::readByIstiod)
        .orElse(TrafficDistribution.ANY);
  }

  private static TrafficDistribution atKgateway(
      Dialect dialect, Optional<String> spec, Optional<String> annotation) {
    return spec.or(() -> annotation)
        .flatMap(dialect::readByKgateway)
        .orElse(TrafficDistribution.ANY);
  }
}
