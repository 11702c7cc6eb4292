package dev.lintel.topology;

import dev.lintel.mesh.Dialect;
import dev.lintel.resource.ReferenceGrant;
import dev.lintel.resource.Route;
import dev.lintel.resource.Route.BackendRef;

/** Tells whether routes may refer to backends of other namespaces (docs/domain.md, 4.5). */
final class Grants {

  private Grants() {}

  /** istiod asks for grants at gateways only (docs/domain.md, 2.1). */
  private static boolean isOfMeshOnly(Route route) {
    return !route.parents().isEmpty()
        && route.parents().stream().allMatch(Route.ParentRef::isService);
  }

  /** Tells whether a reference needs no grant, or has one. */
  static boolean permit(Topology topology, Route route, BackendRef ref) {
    boolean isLocal = ref.namespaceFrom(route).equals(route.namespace());
    boolean isGlobal = ref.kind().equals("Hostname");
    return isLocal
        || isGlobal
        || isOfMeshOnly(route)
        || areOff(topology)
        || topology
            .answers()
            .once(
                new Question.OfGrant(
                    route.kind(),
                    route.namespace(),
                    ref.group(),
                    ref.kind(),
                    ref.namespace(),
                    ref.name()),
                () -> isGranted(topology, route, ref));
  }

  /** Tells whether a controller of kgateway asks for no grants. */
  static boolean areOff(Topology topology) {
    Dialect dialect = topology.dialect();
    return dialect.openSourceKgateway().referenceGrants().isNo()
        || dialect.enterpriseKgateway().referenceGrants().isNo();
  }

  private static boolean isGranted(Topology topology, Route route, BackendRef ref) {
    return topology
        .grantsIn(ref.namespace())
        .peek(grant -> topology.work(1 + grant.from().size() / 8))
        .anyMatch(grant -> allows(grant, route, ref));
  }

  private static boolean allows(ReferenceGrant grant, Route route, BackendRef ref) {
    boolean mayRefer =
        grant.from().stream()
            .anyMatch(
                from ->
                    from.group().equals(route.kind().group())
                        && from.kind().equals(route.kind().objectKind())
                        && from.namespace().equals(route.namespace()));
    return mayRefer
        && grant.to().stream()
            .anyMatch(
                to ->
                    to.group().equals(ref.group())
                        && to.kind().equals(ref.kind())
                        && (to.name().isEmpty() || to.name().equals(ref.name())));
  }
}
