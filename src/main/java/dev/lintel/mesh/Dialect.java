package dev.lintel.mesh;

import java.util.List;
import java.util.Optional;

/**
 * How the installed components read what is written: the facts that make the same YAML mean
 * different things (docs/domain.md, 0).
 *
 * @param platform what the administrator says
 * @param istio whose Istio it is
 * @param istioVersion istiod's version; empty if unknown
 * @param istiods the releases of istiod that run, revisions side by side; empty if none is visible
 * @param features what istiod is set up to do
 * @param openSourceKgateway the open source controller
 * @param enterpriseKgateway the enterprise controller
 * @param multiNetwork whether upstream istiod looks beyond its own network ({@code
 *     AMBIENT_ENABLE_MULTI_NETWORK})
 */
public record Dialect(
    Platform platform,
    IstioDistribution istio,
    Optional<Version> istioVersion,
    List<Release> istiods,
    IstioFeatures features,
    Kgateway openSourceKgateway,
    Kgateway enterpriseKgateway,
    Fact multiNetwork) {

  /** Copies the list, so that the record is immutable. */
  public Dialect {
    istiods = List.copyOf(istiods);
  }

  /** Tells whether the mesh is known to run Solo's Istio. */
  public boolean isSolo() {
    return istio == IstioDistribution.SOLO;
  }

  /** Tells whether the mesh is known to run upstream Istio. */
  public boolean isUpstream() {
    return istio == IstioDistribution.UPSTREAM;
  }

  /** Returns what is known of the controller of the given distribution. */
  public Kgateway kgateway(KgatewayDistribution distribution) {
    return switch (distribution) {
      case OPEN_SOURCE -> openSourceKgateway;
      case ENTERPRISE -> enterpriseKgateway;
    };
  }

  /** Tells whether istiod is known not to have something yet. */
  public boolean istiodLacks(Since since) {
    return since.isKnownToLack(istioVersion);
  }

  /** Tells whether istiod is known to have something. */
  public boolean istiodHas(Since since) {
    return since.isKnownIn(istioVersion);
  }

  /**
   * Reads the annotation as istiod does, for ztunnel, waypoints and Istio's own gateways
   * (docs/domain.md, 1.1). What is not known about the installation is read in the author's favour.
   *
   * @return empty if istiod does not know the value and falls back to Any
   */
  public Optional<TrafficDistribution> readByIstiod(String value) {
    return TrafficDistribution.named(value).filter(mode -> istiodKnows(value));
  }

  /**
   * Reads the annotation, or {@code spec.trafficDistribution}, as kgateway does.
   *
   * @return empty if kgateway does not know the value and falls back to Any
   */
  public Optional<TrafficDistribution> readByKgateway(String value) {
    return TrafficDistribution.named(value)
        .filter(
            mode -> mode != TrafficDistribution.ANY && mode != TrafficDistribution.PREFER_REGION);
  }

  /**
   * Returns what a mode compares at ztunnel and at proxies that istiod drives: in Solo's Istio, or
   * where it may be Solo's, what the policy says.
   */
  public List<Tier> tiersOf(TrafficDistribution mode) {
    List<Tier> written = platform.trafficDistributionTiers().get(mode);
    return written == null || isUpstream() ? mode.tiers() : written;
  }

  /** Returns the values of the annotation that at least one reader of this installation knows. */
  public List<String> trafficDistributions() {
    return switch (istio) {
      case SOLO ->
          List.of(
              "PreferClose",
              "PreferSameZone",
              "PreferSameNode",
              "PreferNetwork",
              "PreferRegion",
              "Any");
      case UPSTREAM -> TrafficDistribution.valuesOfIstiod(istioVersion);
      case UNKNOWN -> List.of("PreferSameZone", "PreferClose", "PreferSameNode", "PreferNetwork");
    };
  }

  private boolean istiodKnows(String value) {
    return switch (istio) {
      case SOLO, UNKNOWN -> true;
      case UPSTREAM ->
          TrafficDistribution.valuesOfIstiod(istioVersion).stream()
              .anyMatch(known -> known.equalsIgnoreCase(value));
    };
  }
}
