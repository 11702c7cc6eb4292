package dev.lintel.diff;

import dev.lintel.resource.ResourceRef;
import dev.lintel.resource.Route;
import dev.lintel.resource.Route.BackendRef;
import dev.lintel.topology.ReferenceFate;
import dev.lintel.topology.Topology;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one state says of the references of one route.
 *
 * @param fates what becomes of each, by what it names and then by its port; empty where it is not
 *     known
 */
record RouteReferences(Map<String, Map<Integer, Optional<ReferenceFate>>> fates) {

  /** Stands for a reference without a port. */
  private static final int NO_PORT = 0;

  static RouteReferences read(Topology whole, ResourceRef ref) {
    Map<String, Map<Integer, Optional<ReferenceFate>>> fates = new TreeMap<>();
    if (whole.find(ref).orElse(null) instanceof Route route) {
      Topology topology = whole.forJudgementOf(ref);
      for (BackendRef backend : route.backends()) {
        if (!isDelegation(backend)) {
          fates
              .computeIfAbsent(name(route, backend), ignored -> new LinkedHashMap<>())
              .putIfAbsent(
                  backend.port().orElse(NO_PORT), topology.ingress().fateOf(route, backend));
        }
      }
    }
    return new RouteReferences(fates);
  }

  /** Returns the fates by port of what is named. */
  Map<Integer, Optional<ReferenceFate>> of(String backend) {
    return fates.getOrDefault(backend, Map.of());
  }

  private static String name(Route route, BackendRef ref) {
    return ref.isHostname()
        ? "Hostname/" + ref.name()
        : "%s/%s/%s".formatted(ref.kind(), ref.namespaceFrom(route), ref.name());
  }

  private static boolean isDelegation(BackendRef ref) {
    return ref.group().equals("delegation.kgateway.dev")
        || (ref.group().equals("gateway.networking.k8s.io") && ref.kind().equals("HTTPRoute"));
  }
}
