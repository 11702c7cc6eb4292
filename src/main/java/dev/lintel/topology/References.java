package dev.lintel.topology;

import dev.lintel.mesh.HostName;
import dev.lintel.resource.Route;
import dev.lintel.resource.Route.BackendRef;
import dev.lintel.topology.RouteReference.Standing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
    return find(
        host,
        Set.of(BackendKey.mistypedHost(host.value())),
        (route, ref) -> Optional.of(standing(ref, host)));
  }

  private Standing standing(BackendRef ref, HostName host) {
    if (!ref.isHostname()) {
      return Standing.WRONG_KIND;
    }
    if (!ref.namespace().isEmpty()) {
      return Standing.WRONG_NAME;
    }
    if (!Hosts.entriesWriting(topology, host, ref).isEmpty()) {
      return Standing.RESOLVED;
    }
    boolean isUnknown = topology.entriesWithHost(host).isEmpty() && ref.name().equals(host.value());
    return isUnknown ? Standing.NOT_FOUND : Standing.WRONG_NAME;
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
      return backend instanceof Backend.OfEntry && ref.isHostname()
          ? Optional.of(Standing.WRONG_NAME).filter(wrong -> !isSomebodys(backend, ref))
          : Optional.of(Standing.WRONG_KIND);
    }
    boolean isServedElsewhere =
        key.get().type() == BackendKey.Type.HOSTNAME
            && Hosts.servedBy(topology, backend.host(), ref)
                .filter(entry -> !entry.key().equals(backend.resource().key()))
                .isPresent();
    if (isServedElsewhere) {
      return Optional.empty();
    }
    if (!Grants.permit(topology, route, ref)) {
      return Optional.of(Standing.NOT_PERMITTED);
    }
    return Optional.of(Routes.isNoBackend(backend) ? Standing.NO_BACKEND : Standing.RESOLVED);
  }

  /** Hosts that are written in two ways are two hosts. */
  private boolean isSomebodys(Backend backend, BackendRef ref) {
    return ref.namespace().isEmpty()
        && !Hosts.entriesWriting(topology, backend.host(), ref).isEmpty();
  }

  private List<RouteReference> find(HostName host, Set<BackendKey> wanted, Judgement judgement) {
    List<RouteReference> references = new ArrayList<>();
    Routes.mentioning(indexes, topology, wanted, host).stream()
        .sorted(Routes.ORDER)
        .forEach(
            route ->
                rulesByRef(route, wanted)
                    .forEach(
                        (ref, rules) ->
                            judgement
                                .on(route, ref)
                                .map(found -> reference(route, ref, rules, found))
                                .ifPresent(references::add)));
    return List.copyOf(references);
  }

  private RouteReference reference(
      Route route, BackendRef ref, List<Integer> rules, Standing standing) {
    return new RouteReference(
        route,
        ref,
        standing,
        List.copyOf(topology.ingress().gatewaysServing(route, rules).keySet()));
  }

  /**
   * Returns the references that mean one of several keys, each with the rules in which it stands.
   */
  private static Map<BackendRef, List<Integer>> rulesByRef(Route route, Set<BackendKey> wanted) {
    Map<BackendRef, List<Integer>> rulesByRef = new LinkedHashMap<>();
    for (int i = 0; i < route.rules().size(); i++) {
      for (BackendRef ref : new LinkedHashSet<>(route.rules().get(i).backends())) {
        if (!Collections.disjoint(BackendKey.mentionedBy(route, ref), wanted)) {
          rulesByRef.computeIfAbsent(ref, ignored -> new ArrayList<>()).add(i);
        }
      }
    }
    return rulesByRef;
  }

  private interface Judgement {
    Optional<Standing> on(Route route, BackendRef ref);
  }
}
