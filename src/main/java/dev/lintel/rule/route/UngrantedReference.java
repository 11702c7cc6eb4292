package dev.lintel.rule.route;

import dev.lintel.mesh.Kgateway;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.Kind;
import dev.lintel.resource.Resource;
import dev.lintel.resource.Route;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.OfHosts;
import dev.lintel.topology.RouteReference;
import dev.lintel.topology.RouteReference.Standing;
import dev.lintel.topology.Topology;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A route of another namespace that sends to this object without a ReferenceGrant.
 *
 * <p>Restricted: Services and ServiceEntries that a route of a kgateway Gateway names in another
 * namespace. Allowed: with a grant for the kind or the name; references of kind {@code Hostname},
 * which are global; and controllers with {@code KGW_REFERENCE_GRANT_MODE=OFF} (docs/domain.md,
 * 4.5).
 */
final class UngrantedReference {

  static final Rule RULE =
      Rule.warns("RT-003", "route-reference-not-granted")
          .summary("A route of another namespace sends here without a ReferenceGrant")
          .reads(Reads.and(Reads.ROUTES, Kind.DEPLOYMENT))
          .ofHosts(UngrantedReference::judge);

  private UngrantedReference() {}

  private static Stream<Finding> judge(Topology topology, OfHosts subject) {
    return subject.hosts().stream()
        .flatMap(host -> host.references().stream())
        .filter(reference -> reference.standing() == Standing.NOT_PERMITTED)
        .flatMap(reference -> finding(topology, subject.resource(), reference).stream())
        .distinct();
  }

  private static Optional<Finding> finding(
      Topology topology, Resource backend, RouteReference reference) {
    List<Gateway> gateways = KgatewayReferences.gateways(topology, reference, backend);
    if (gateways.isEmpty()) {
      return Optional.empty();
    }
    Route route = reference.route();
    Finding finding =
        Finding.at(FieldPath.NAME)
            .says(
                "%s may not send to %s: no ReferenceGrant in %s allows it",
                route.ref().spoken(), backend.ref().spoken(), backend.namespace())
            .because(
                "A reference to another namespace needs a grant there. Without it the reference"
                    + " counts as RefNotPermitted, and the requests are answered with an error.")
            .fix(
                "create one, from {group: %s, kind: %s, namespace: %s} to {group: \"%s\", kind:"
                    + " %s, name: %s}",
                route.kind().group(),
                route.kind().objectKind(),
                route.namespace(),
                backend.kind().group(),
                backend.kind().objectKind(),
                backend.name());
    return Optional.of(
        KgatewayReferences.assuming(
            topology,
            gateways,
            Kgateway::referenceGrants,
            "grants are taken to be needed",
            KgatewayReferences.about(reference, gateways, finding)));
  }
}
