package dev.lintel.mesh;

import java.util.Optional;

/**
 * What is known of a kgateway controller (docs/domain.md, 4.1).
 *
 * @param distribution whose it is
 * @param istioIntegration whether it reads DestinationRules and ServiceEntries ({@code
 *     KGW_ENABLE_ISTIO_INTEGRATION})
 * @param ingressUseWaypoints whether it honours {@code istio.io/ingress-use-waypoint}; a No says
 *     which setting is off
 * @param referenceGrants whether references to backends of other namespaces need a grant ({@code
 *     KGW_REFERENCE_GRANT_MODE})
 * @param release which release it is; empty if it is not visible
 */
public record Kgateway(
    KgatewayDistribution distribution,
    Fact istioIntegration,
    Fact ingressUseWaypoints,
    Fact referenceGrants,
    Optional<Release> release) {}
