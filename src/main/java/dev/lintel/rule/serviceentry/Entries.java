package dev.lintel.rule.serviceentry;

import dev.lintel.mesh.Fact;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.Kind;
import dev.lintel.resource.Route;
import dev.lintel.resource.ServiceEntry;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Subject;
import dev.lintel.rule.Subject.Approach;
import dev.lintel.rule.Subject.OfEntry;
import dev.lintel.topology.Backend;
import dev.lintel.topology.Generated;
import dev.lintel.topology.IngressLeg;
import dev.lintel.topology.RouteReference.Standing;
import dev.lintel.topology.Topology;
import dev.lintel.topology.WaypointBinding;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What the family's rules ask of a ServiceEntry. */
final class Entries {

  /** What every rule of the family judges. */
  static final Set<Kind> SUBJECTS = Set.of(Kind.SERVICE_ENTRY);

  static final FieldPath HOSTS = FieldPath.of("spec.hosts");
  static final FieldPath ADDRESSES = FieldPath.of("spec.addresses");
  static final FieldPath RESOLUTION = FieldPath.of("spec.resolution");

  private Entries() {}

  /** Returns the entry that is judged; empty for what stands where peering generates. */
  static Stream<ServiceEntry> writtenByHand(Topology topology, OfEntry subject) {
    return Stream.of(subject.resource()).filter(entry -> !isGenerated(topology, entry));
  }

  static boolean isGenerated(Topology topology, ServiceEntry entry) {
    return Generated.isOfPeering(entry, topology.platform().rootNamespace());
  }

  static boolean isDynamicDns(ServiceEntry entry) {
    return entry.resolution().equals("DYNAMIC_DNS");
  }

  /** Returns the place of a host in the list. */
  static FieldPath fieldOf(ServiceEntry entry, Backend backend) {
    return HOSTS.index(Math.max(0, entry.hosts().indexOf(backend.canonicalHost())));
  }

  /**
   * Tells whether ztunnel reads the entry for somebody: it names a waypoint, its namespace is in
   * ambient mode, or it lies where nobody can be told and no workload of the mesh has a sidecar.
   * Where sidecars may be meant, the answer is no.
   */
  static boolean servesAmbient(Topology topology, ServiceEntry entry, WaypointBinding waypoint) {
    if (waypoint.isNamed() || topology.isAmbient(entry.namespace())) {
      return true;
    }
    return topology.ambientNamespaces().findAny().isPresent()
        && topology.sidecarNamespaces().findAny().isEmpty();
  }

  /** Returns what is made of the entry's waypoint, which is the same for all of its hosts. */
  static WaypointBinding waypointOf(OfEntry subject) {
    return subject.hosts().stream()
        .findFirst()
        .map(Subject.Host::waypoint)
        .orElseGet(WaypointBinding.NotNamed::new);
  }

  /**
   * Returns the Gateways of kgateway at which routes refer to an entry with resolution NONE, of
   * which no backend is made; each with one of the routes.
   */
  static Map<Gateway, Route> refused(Topology topology, OfEntry subject) {
    Map<Gateway, Route> refused = new LinkedHashMap<>();
    subject.hosts().stream()
        .flatMap(host -> host.references().stream())
        .filter(reference -> reference.standing() == Standing.NO_BACKEND)
        .forEach(
            reference ->
                reference.gateways().stream()
                    .filter(gateway -> topology.ingress().kgatewayOf(gateway).isPresent())
                    .forEach(gateway -> refused.putIfAbsent(gateway, reference.route())));
    return refused;
  }

  /** Returns what is assumed where it is not known whether a controller reads ServiceEntries. */
  static Optional<String> assumption(IngressLeg leg) {
    Fact integration = leg.kgateway().istioIntegration();
    return integration.isUnknown() ? Optional.of(integration.reason()) : Optional.empty();
  }

  /** Names a Gateway with one of its routes. */
  static String spoken(Approach approach) {
    IngressLeg leg = approach.leg();
    return "%s (%s)"
        .formatted(leg.gateway().ref().spoken(), leg.routes().getFirst().ref().spoken());
  }
}
