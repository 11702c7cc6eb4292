package dev.lintel.rule.multicluster;

import dev.lintel.mesh.HostName;
import dev.lintel.resource.Service;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Subject.OfService;
import dev.lintel.topology.Backend;
import dev.lintel.topology.GlobalService;
import dev.lintel.topology.IngressLeg;
import dev.lintel.topology.RouteReference;
import dev.lintel.topology.Topology;
import java.util.List;
import java.util.Optional;

/**
 * A peered Service and what becomes of its global host.
 *
 * @param service the Service
 * @param global what peering makes of it
 * @param backend the global host, as it is generated for the Service
 * @param legs the kgateway Gateways that route to the global host
 */
record Peered(Service service, GlobalService global, Backend backend, List<IngressLeg> legs) {

  static Optional<Peered> of(Topology topology, OfService subject) {
    return of(topology, subject.resource());
  }

  /** Returns nothing for a Service that is not peered, or that the mesh does not know. */
  static Optional<Peered> of(Topology topology, Service service) {
    if (service.isExternalName() || !topology.scopes().isPeered(service)) {
      return Optional.empty();
    }
    Backend backend = topology.scopes().globalBackendOf(service);
    return Optional.of(
        new Peered(
            service,
            topology.scopes().globalService(service.key()),
            backend,
            topology.ingress().to(backend)));
  }

  HostName host() {
    return global.host();
  }

  /** Tells whether some route sends to a global host of the Service, or will once it exists. */
  boolean isRoutedGlobally(Topology topology) {
    return global
        .hosts()
        .flatMap(host -> topology.ingress().referencesToHost(host).stream())
        .anyMatch(RouteReference::isWellWritten);
  }

  /** Says what the finding takes for granted of peering. */
  Finding assuming(Finding finding) {
    Finding found =
        finding.fact(
            "assumed: peering generates the entry of %s as documented samples show", host());
    return global.hostKnown().isUnknown()
        ? found.fact("assumed: the global host; %s", global.hostKnown().reason())
        : found;
  }
}
