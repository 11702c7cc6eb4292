package dev.lintel.explain;

import dev.lintel.explain.Target.Arrival;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.NamespacedName;
import dev.lintel.resource.Route;
import dev.lintel.resource.Route.BackendRef;
import dev.lintel.resource.Route.ParentRef;
import dev.lintel.topology.Backend;
import dev.lintel.topology.RouteReference;
import dev.lintel.topology.RouteReference.Standing;
import dev.lintel.topology.Topology;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Tells who serves a route and where it leads (docs/domain.md, 4.5). */
final class RouteReader {

  private final Topology topology;

  RouteReader(Topology topology) {
    this.topology = topology;
  }

  RouteView read(Route route) {
    return new RouteView(
        route.hostnames(),
        topology.ingress().attachmentsOf(route),
        topology.ingress().refusedParentsOf(route),
        route.parents().stream()
            .filter(ParentRef::isService)
            .map(parent -> "Service " + new NamespacedName(parent.namespace(), parent.name()))
            .toList(),
        targets(route, gateway -> true));
  }

  /**
   * Returns what a route's references lead to.
   *
   * @param isMeant the Gateways whose paths are told
   */
  List<Target> targets(Route route, Predicate<Gateway> isMeant) {
    return route.backends().stream()
        .distinct()
        .flatMap(ref -> targets(route, ref, isMeant).stream())
        .toList();
  }

  private List<Target> targets(Route route, BackendRef ref, Predicate<Gateway> isMeant) {
    List<Backend> named = topology.ingress().backendsNamed(route, ref);
    String reference = Words.reference(route, ref);
    if (named.isEmpty()) {
      var delegates = topology.ingress().delegatesOf(route, ref).stream().map(Route::ref).toList();
      Standing standing = delegates.isEmpty() ? Standing.NOT_FOUND : Standing.RESOLVED;
      return List.of(new Target(reference, standing, Optional.empty(), delegates, List.of()));
    }
    return named.stream()
        .map(
            backend ->
                new Target(
                    reference,
                    standing(route, ref, backend),
                    Optional.of(backend.resource().ref()),
                    List.of(),
                    arrivals(route, backend, isMeant)))
        .toList();
  }

  private Standing standing(Route route, BackendRef ref, Backend backend) {
    return topology.ingress().referencesTo(backend).stream()
        .filter(found -> found.route().equals(route) && found.ref().equals(ref))
        .map(RouteReference::standing)
        .findFirst()
        .orElse(Standing.NOT_FOUND);
  }

  private List<Arrival> arrivals(Route route, Backend backend, Predicate<Gateway> isMeant) {
    return topology.ingress().to(backend).stream()
        .filter(leg -> isMeant.test(leg.gateway()) && leg.routes().contains(route))
        .map(leg -> new Arrival(leg.gateway().ref(), leg.paths()))
        .toList();
  }
}
