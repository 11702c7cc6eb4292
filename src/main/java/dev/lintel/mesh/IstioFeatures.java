package dev.lintel.mesh;

/**
 * What istiod is set up to do with ServiceEntries and DestinationRules (docs/domain.md, 2.1 and
 * 6.2).
 *
 * @param allocatesAddresses whether it gives an address to a host that has none
 * @param wildcardTls whether waypoints serve TLS ports of wildcard hosts
 * @param mergesByExport whether rules for one host with different exports stay apart
 */
public record IstioFeatures(Fact allocatesAddresses, Fact wildcardTls, Fact mergesByExport) {}
