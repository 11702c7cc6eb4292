package dev.lintel.judge;

import dev.lintel.mesh.HostName;
import dev.lintel.resource.BackendConfigPolicy;
import dev.lintel.resource.BackendTlsPolicy;
import dev.lintel.resource.Deployment;
import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.EndpointSlice;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.GatewayClass;
import dev.lintel.resource.ListenerSet;
import dev.lintel.resource.MeshConfig;
import dev.lintel.resource.Namespace;
import dev.lintel.resource.Node;
import dev.lintel.resource.Pod;
import dev.lintel.resource.ReferenceGrant;
import dev.lintel.resource.Resource;
import dev.lintel.resource.ResourceRef;
import dev.lintel.resource.Route;
import dev.lintel.resource.Segment;
import dev.lintel.resource.Service;
import dev.lintel.resource.ServiceEntry;
import dev.lintel.resource.VirtualService;
import dev.lintel.resource.WorkloadEntry;
import dev.lintel.topology.Backend;
import dev.lintel.topology.Topology;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The other objects that a write may change the meaning of.
 *
 * @param refs which objects, in no particular order
 * @param isCut whether there are more
 */
record Dependents(List<ResourceRef> refs, boolean isCut) {

  /**
   * Finds the dependents of a written object.
   *
   * @param limit how many are looked at
   */
  static Dependents of(Topology before, Topology after, Resource object, int limit) {
    Set<ResourceRef> refs = new LinkedHashSet<>();
    Stream.of(before, after)
        .flatMap(topology -> find(topology, object, limit))
        .map(Resource::ref)
        .filter(ref -> !ref.equals(object.ref()))
        .distinct()
        .limit(limit + 1L)
        .forEach(refs::add);
    return new Dependents(refs.stream().limit(limit).toList(), refs.size() > limit);
  }

  /** The object as a topology has it decides, so that the hosts it gives up count as well. */
  private static Stream<? extends Resource> find(Topology topology, Resource object, int limit) {
    return topology.find(object.ref()).stream()
        .flatMap(
            found ->
                switch (found) {
                  case DestinationRule rule -> ofRule(topology, rule, limit);
                  case Service service -> ofBackendsAndRoutes(topology, service);
                  case ServiceEntry entry -> ofBackendsAndRoutes(topology, entry);
                  case Namespace _,
                      GatewayClass _,
                      Gateway _,
                      Route _,
                      ReferenceGrant _,
                      ListenerSet _,
                      BackendConfigPolicy _,
                      BackendTlsPolicy _,
                      MeshConfig _,
                      VirtualService _,
                      WorkloadEntry _,
                      Segment _,
                      EndpointSlice _,
                      Node _,
                      Pod _,
                      Deployment _ ->
                      Stream.of();
                });
  }

  private static Stream<? extends Resource> ofRule(
      Topology topology, DestinationRule rule, int limit) {
    HostName host = topology.rules().hostOf(rule);
    Stream<Resource> covered =
        topology.rules().backendsCoveredBy(rule, limit + 1).stream().map(Backend::resource);
    Stream<Resource> rules =
        Stream.concat(topology.rules().covering(host), topology.rules().below(host));
    return Stream.concat(rules, covered);
  }

  private static Stream<? extends Resource> ofBackendsAndRoutes(
      Topology topology, Resource object) {
    return Stream.concat(ofBackends(topology, object), ofRoutes(topology, object));
  }

  private static Stream<? extends Resource> ofBackends(Topology topology, Resource object) {
    return topology.backendsOf(object).stream()
        .map(Backend::host)
        .flatMap(
            host ->
                Stream.concat(
                    topology.rules().covering(host),
                    topology.backendsWithHost(host).stream().map(Backend::resource)));
  }

  /** A waypoint has rules for the hosts that its routes send to as well. */
  private static Stream<? extends Resource> ofRoutes(Topology topology, Resource object) {
    return topology.backendsOf(object).stream()
        .flatMap(topology.waypoints()::meshDestinationsOf)
        .flatMap(backend -> topology.rules().covering(backend.host()));
  }
}
