package dev.lintel.topology;

import dev.lintel.mesh.Dialect;
import dev.lintel.mesh.Keys;
import dev.lintel.mesh.Since;
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
 * @param byIstiod what istiod makes of it for ztunnel, waypoints, sidecars and Istio's gateways
 * @param byKgateway what a kgateway makes of it that picks Pods itself
 */
public record EffectiveTrafficDistribution(
    Optional<String> spec,
    Optional<String> annotation,
    Optional<String> namespaceAnnotation,
    Reading byIstiod,
    Reading byKgateway) {

  private static final Reading DEFAULT = new Reading(TrafficDistribution.ANY, Source.DEFAULT);

  /** Where the setting stands that a reader goes by. */
  public enum Source {
    /** {@code spec.trafficDistribution}. */
    FIELD,
    /** The annotation of the object. */
    ANNOTATION,
    /** The annotation of its Namespace. */
    NAMESPACE,
    /** Nothing that the reader looks at sets one. */
    DEFAULT
  }

  /**
   * What a reader makes of the settings.
   *
   * @param mode the mode; Any also where the reader does not know the value
   * @param source where the value stands that led to it
   */
  public record Reading(TrafficDistribution mode, Source source) {}

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
        isRead(backend) ? atIstiod(dialect, spec, annotation, ofNamespace) : DEFAULT,
        atKgateway(dialect, spec, annotation));
  }

  /** Returns the mode for ztunnel, waypoints, sidecars and Istio's gateways. */
  public TrafficDistribution atIstiod() {
    return byIstiod.mode();
  }

  /** Returns the mode for a kgateway that picks Pods itself. */
  public TrafficDistribution atKgateway() {
    return byKgateway.mode();
  }

  /** Returns the value that stands in a place; empty if there is none. */
  public Optional<String> valueIn(Source source) {
    return switch (source) {
      case FIELD -> spec;
      case ANNOTATION -> annotation;
      case NAMESPACE -> namespaceAnnotation;
      case DEFAULT -> Optional.empty();
    };
  }

  /** Returns the value that stands on the object itself: the field's before the annotation's. */
  public Optional<String> ownValue() {
    return spec.or(() -> annotation);
  }

  /** Returns the field in which {@link #ownValue()} stands, as a label of evidence. */
  public boolean isInSpec() {
    return spec.isPresent();
  }

  /**
   * Tells whether istiod looks for settings of a backend: not so where requests are passed through,
   * nor for a Service that is only another name.
   */
  public static boolean isRead(Backend backend) {
    return switch (backend) {
      case Backend.OfService(var service, var host) -> !service.isExternalName();
      case Backend.OfEntry(var entry, var host, var written) -> !entry.isPassthrough();
    };
  }

  private static Reading atIstiod(
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
      return new Reading(bySpec.get(), Source.FIELD);
    }
    if (annotation.isPresent()) {
      return reading(dialect.readByIstiod(annotation.get()), Source.ANNOTATION);
    }
    return ofNamespace
        .filter(value -> !dialect.istiodLacks(Since.NAMESPACE_DISTRIBUTION))
        .map(value -> reading(dialect.readByIstiod(value), Source.NAMESPACE))
        .orElse(DEFAULT);
  }

  private static Reading atKgateway(
      Dialect dialect, Optional<String> spec, Optional<String> annotation) {
    Source source = spec.isPresent() ? Source.FIELD : Source.ANNOTATION;
    return spec.or(() -> annotation)
        .map(value -> reading(dialect.readByKgateway(value), source))
        .orElse(DEFAULT);
  }

  private static Reading reading(Optional<TrafficDistribution> mode, Source source) {
    return new Reading(mode.orElse(TrafficDistribution.ANY), source);
  }
}
