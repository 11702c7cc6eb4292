package dev.lintel.topology;

import dev.lintel.mesh.HostName;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.Route;
import dev.lintel.resource.Route.BackendRef;
import dev.lintel.topology.RouteReference.Standing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the references of routes that mean a backend, those that fail included. */
final class References {

  private final Topology topology;
  private final Indexes indexes;

  References(Topology topology, Indexes indexes) {
    this.topology = topology;
    this.indexes = indexes;
  }

  List<RouteReference> to(Backend backend) {
    Set<BackendKey> leading = Set.copyOf(Routes.keys(backend));
    HostName host = backend.host();
    Set<BackendKey> wanted =
        Stream.concat(leading.stream(), mistyped(backend)).collect(Collectors.toUnmodifiableSet());
    return find(host, wanted, (route, ref) -> standing(route, ref, backend, leading));
  }

  List<RouteReference> toHost(HostName host) {
    BackendKey known = BackendKey.hostname(host.value());
    Standing ofKnown =
        topology.entriesWithHost(host).isEmpty() ? Standing.NOT_FOUND : Standing.RESOLVED;
    return find(
        host,
        Set.of(known, BackendKey.mistypedHost(host.value())),
        (route, ref) ->
            Optional.of(
                BackendKey.of(route, ref).filter(known::equals).isPresent()
                    ? ofKnown
                    : Standing.WRONG_KIND));
  }

  /** A host that a ServiceEntry defines is that entry's, however a Service is called. */
  private Stream<BackendKey> mistyped(Backend backend) {
    BackendKey byName = BackendKey.mistypedName(backend.namespace(), backend.resource().name());
    String host = backend.host().value();
    return switch (backend) {
      case Backend.OfService service ->
          topology.entriesWithHost(backend.host()).isEmpty()
              ? Stream.of(byName, BackendKey.hostname(host), BackendKey.mistypedHost(host))
              : Stream.of(byName);
      case Backend.OfEntry(var entry, var name, var written) ->
          Routes.isOldest(topology, entry, name)
              ? Stream.of(byName, BackendKey.mistypedHost(host))
              : Stream.of(byName);
    };
  }

  /** A reference by host that no entry serves is every entry's. */
  private Optional<Standing> standing(
      Route route, BackendRef ref, Backend backend, Set<BackendKey> leading) {
    Optional<BackendKey> key = BackendKey.of(route, ref).filter(leading::contains);
    if (key.isEmpty()) {
      return Optional.of(Standing.WRONG_KIND);
    }
    boolean isServedElsewhere =
        key.get().type() == BackendKey.Type.HOSTNAME
            && Hosts.servedBy(topology, backend.host(), ref)
                .filter(entry -> !entry.key().equals(backend.resource().key()))
                .isPresent();
    if (isServedElsewhere) {
      return Optional.empty();
    }
    return Optional.of(
        Grants.permit(topology, route, ref) ? Standing.RESOLVED : Standing.NOT_PERMITTED);
  }

  private List<RouteReference> find(HostName host, Set<BackendKey> wanted, Judgement judgement) {
    List<RouteReference> references = new ArrayList<>();
    Routes.mentioning(indexes, topology, wanted, host).stream()
        .sorted(Routes.ORDER)
        .forEach(
            route -> {
              List<Gateway> gateways = topology.gatewaysServing(route);
              route.backends().stream()
                  .filter(ref -> !Collections.disjoint(BackendKey.mentionedBy(route, ref), wanted))
                  .flatMap(
                      ref ->
                          judgement.on(route, ref).stream()
                              .map(found -> new RouteReference(route, ref, found, gateways)))
                  .forEach(references::add);
            });
    return List.copyOf(references);
  }

  private interface Judgement {
    Optional<Standing> on(Route route, BackendRef ref);
  }
}
