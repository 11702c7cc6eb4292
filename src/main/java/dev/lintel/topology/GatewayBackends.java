package dev.lintel.topology;

import dev.lintel.resource.Gateway;
import dev.lintel.resource.NamespacedName;
import dev.lintel.resource.Route;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Finds what a Gateway has routes to (docs/domain.md, 4.5). */
final class GatewayBackends {

  private GatewayBackends() {}

  /** Returns the backends that the oldest routes of a Gateway name, by namespace and name. */
  static List<Backend> of(Topology topology, Gateway gateway) {
    return Oldest.of(
            topology.routes().filter(route -> mayLeadTo(gateway, route)),
            Limits.ROUTES,
            topology.answers(),
            "routes may lead to " + gateway.ref().spoken())
        .stream()
        .filter(
            route -> topology.ingress().gatewaysServing(route, rulesOf(route)).containsKey(gateway))
        .flatMap(route -> backends(topology, route))
        .distinct()
        .sorted(
            Comparator.<Backend, NamespacedName>comparing(backend -> backend.resource().key())
                .thenComparing(Backend::canonicalHost))
        .toList();
  }

  /** Sets of listeners, and routes that delegate, lead to any Gateway. */
  private static boolean mayLeadTo(Gateway gateway, Route route) {
    return !Routes.isMeshRoute(route)
        && (route.parents().isEmpty()
            || route.parents().stream()
                .anyMatch(
                    parent ->
                        !parent.isGateway()
                            || parent.namespace().equals(gateway.namespace())
                                && parent.name().equals(gateway.name())));
  }

  private static List<Integer> rulesOf(Route route) {
    return IntStream.range(0, route.rules().size()).boxed().toList();
  }

  private static Stream<Backend> backends(Topology topology, Route route) {
    topology.work(4 * route.backends().size());
    return route.backends().stream()
        .flatMap(ref -> topology.ingress().backendsNamed(route, ref).stream());
  }
}
