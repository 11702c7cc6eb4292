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
 * @param discoverySelectors the selectors of the Namespaces that it watches, as written ({@code
 *     KGW_DISCOVERY_NAMESPACE_SELECTORS}); empty if it watches all, or if that is not visible
 * @param entryExclusions the selectors of the ServiceEntries that it passes over, as written
 *     ({@code KGW_SERVICE_ENTRIES_EXCLUSION_LABEL_SELECTORS}); empty if there are none, or if that
 *     is not visible
 * @param release which release it is; empty if it is not visible
 */
public record Kgateway(
    KgatewayDistribution distribution,
    Fact istioIntegration,
    Fact ingressUseWaypoints,
    Fact referenceGrants,
    Optional<String> discoverySelectors,
    Optional<String> entryExclusions,
    Optional<Release> release) {}
