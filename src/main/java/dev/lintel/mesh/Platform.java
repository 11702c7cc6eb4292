package dev.lintel.mesh;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the administrator says about the installation. An empty value means that Lintel looks for it
 * in the cluster.
 *
 * @param clusterDomain the cluster's DNS domain
 * @param rootNamespace Istio's root namespace
 * @param istio whose Istio it is
 * @param istioVersion istiod's version
 * @param kgateway whose kgateway it is
 * @param istioIntegration whether kgateway reads DestinationRules and ServiceEntries
 * @param ingressUseWaypoints whether kgateway honours {@code istio.io/ingress-use-waypoint}
 * @param referenceGrantMode how kgateway treats references across namespaces
 * @param scopeSource where Solo's release reads scope and takeover from
 * @param globalDomain the domain of global hosts outside segments
 * @param trafficDistributionTiers what the modes of Solo's Istio compare, where it differs from
 *     {@link TrafficDistribution#tiers()}
 * @param kubernetesVersion the API server's version
 * @param kgatewayNamespaces the namespaces of kgateway's controllers: what stands elsewhere tells
 *     nothing of the installation
 */
public record Platform(
    String clusterDomain,
    String rootNamespace,
    Optional<IstioDistribution> istio,
    Optional<Version> istioVersion,
    Optional<KgatewayDistribution> kgateway,
    Optional<Boolean> istioIntegration,
    Optional<Boolean> ingressUseWaypoints,
    Optional<ReferenceGrantMode> referenceGrantMode,
    ScopeSource scopeSource,
    String globalDomain,
    Map<TrafficDistribution, List<Tier>> trafficDistributionTiers,
    Optional<Version> kubernetesVersion,
    List<String> kgatewayNamespaces) {

  /**
   * Everything is looked for in the cluster; the domains and names are those of a default
   * installation.
   */
  public static final Platform AUTO =
      new Platform(
          "cluster.local",
          "istio-system",
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          ScopeSource.LABELS,
          "mesh.internal",
          Map.of(),
          Optional.empty(),
          List.of("kgateway-system"));

  /** Copies the collections, so that the record is immutable. */
  public Platform {
    trafficDistributionTiers = Map.copyOf(trafficDistributionTiers);
    kgatewayNamespaces = List.copyOf(kgatewayNamespaces);
  }

  /** Returns the same facts with another version of the API server. */
  public Platform withKubernetesVersion(Optional<Version> version) {
    return new Platform(
        clusterDomain,
        rootNamespace,
        istio,
        istioVersion,
        kgateway,
        istioIntegration,
        ingressUseWaypoints,
        referenceGrantMode,
        scopeSource,
        globalDomain,
        trafficDistributionTiers,
        version,
        kgatewayNamespaces);
  }

  /** kgateway's {@code KGW_REFERENCE_GRANT_MODE}. */
  public enum ReferenceGrantMode {
    /** References need no grant. */
    OFF,
    /** Backends in other namespaces need a grant. */
    PERMISSIVE,
    /** Every reference to another namespace needs a grant. */
    STRICT
  }

  /** Where the installed release reads service scope and takeover from (docs/domain.md, 5.1). */
  public enum ScopeSource {
    /** Labels, as current releases do. */
    LABELS,
    /** Annotations, as the vendor's guide says. */
    ANNOTATIONS
  }
}
