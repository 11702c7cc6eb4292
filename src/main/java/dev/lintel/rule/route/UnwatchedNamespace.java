package dev.lintel.rule.route;

import dev.lintel.mesh.Kgateway;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.Kind;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.Host;
import dev.lintel.rule.Subject.OfHosts;
import dev.lintel.topology.Backend;
import dev.lintel.topology.RouteReference;
import dev.lintel.topology.RouteReference.Standing;
import dev.lintel.topology.Topology;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A route to an object of a Namespace that kgateway's controller does not watch.
 *
 * <p>Restricted: Services and ServiceEntries in a Namespace that no selector of {@code
 * KGW_DISCOVERY_NAMESPACE_SELECTORS} selects. Allowed: where Gateway or route lie outside as well,
 * for then nothing of them is programmed; where the setting or the Namespace's labels are not known
 * (docs/domain.md, 4.1).
 */
final class UnwatchedNamespace {

  static final Rule RULE =
      Rule.warns("RT-004", "route-to-unwatched-namespace")
          .summary("A route sends to a Namespace that kgateway's controller does not watch")
          .reads(Reads.and(Reads.ROUTES, Kind.DEPLOYMENT))
          .ofHosts(UnwatchedNamespace::judge);

  private UnwatchedNamespace() {}

  private static Stream<Finding> judge(Topology topology, OfHosts subject) {
    return subject.hosts().stream()
        .flatMap(
            host ->
                host.references().stream()
                    .filter(reference -> reference.standing() == Standing.RESOLVED)
                    .flatMap(reference -> finding(topology, subject, host, reference).stream()))
        .distinct();
  }

  private static Optional<Finding> finding(
      Topology topology, OfHosts subject, Host host, RouteReference reference) {
    Backend backend = host.backend();
    List<Gateway> gateways =
        KgatewayReferences.gateways(topology, reference, backend.resource()).stream()
            .filter(gateway -> isHidden(topology, gateway, reference, backend))
            .toList();
    if (gateways.isEmpty()) {
      return Optional.empty();
    }
    Finding finding =
        Finding.at(FieldPath.NAMESPACE)
            .says(
                "%s sends to %s, but kgateway does not watch namespace %s: no backend is found",
                reference.route().ref().spoken(), subject.ref().spoken(), backend.namespace())
            .because(
                "The controller runs with KGW_DISCOVERY_NAMESPACE_SELECTORS, and none of its"
                    + " selectors selects the Namespace. What is in it does not exist for kgateway:"
                    + " the reference counts as BackendNotFound.")
            .fix("label Namespace %s so that a selector selects it", backend.namespace());
    return Optional.of(KgatewayReferences.about(reference, gateways, finding));
  }

  private static boolean isHidden(
      Topology topology, Gateway gateway, RouteReference reference, Backend backend) {
    return topology
        .ingress()
        .kgatewayOf(gateway)
        .filter(kgateway -> isWatched(topology, kgateway, gateway.namespace()))
        .filter(kgateway -> isWatched(topology, kgateway, reference.route().namespace()))
        .filter(kgateway -> topology.ingress().watches(kgateway, backend.namespace()).isNo())
        .isPresent();
  }

  private static boolean isWatched(Topology topology, Kgateway kgateway, String namespace) {
    return topology.ingress().watches(kgateway, namespace).isYes();
  }
}
