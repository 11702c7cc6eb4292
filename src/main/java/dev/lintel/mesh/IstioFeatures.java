package dev.lintel.mesh;

/**
 * What istiod is set up to do with ServiceEntries (docs/domain.md, 6.2).
 *
 * @param allocatesAddresses whether it gives an address to a host that has none
 * @param wildcardTls whether waypoints serve TLS ports of wildcard hosts
 */
public record IstioFeatures(Fact allocatesAddresses, Fact wildcardTls) {}
