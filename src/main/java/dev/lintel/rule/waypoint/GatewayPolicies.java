package dev.lintel.rule.waypoint;

import dev.lintel.resource.BackendConfigPolicy;
import dev.lintel.resource.BackendTlsPolicy;
import dev.lintel.resource.PolicyTarget;
import dev.lintel.resource.Service;
import dev.lintel.resource.ServiceEntry;
import dev.lintel.topology.Backend;
import dev.lintel.topology.Topology;
import java.util.stream.Stream;

/** Finds the policies by which a gateway treats a port of a backend (docs/domain.md, 4.4). */
final class GatewayPolicies {

  private GatewayPolicies() {}

  /** Returns the BackendTLSPolicies for a port that were not rejected, by namespace and name. */
  static Stream<BackendTlsPolicy> tlsFor(Topology topology, Backend backend, int port) {
    String name = nameOf(backend, port);
    return topology.ingress().backendTlsPoliciesFor(backend).stream()
        .filter(policy -> !policy.rejected() && targets(policy, backend, name));
  }

  /**
   * Returns the BackendConfigPolicies that are certainly for a port and were not rejected, by
   * namespace and name.
   */
  static Stream<BackendConfigPolicy> configFor(Topology topology, Backend backend, int port) {
    String name = nameOf(backend, port);
    return topology.ingress().backendPoliciesFor(backend).stream()
        .filter(policy -> !policy.rejected() && targets(policy, backend, name, port))
        .filter(policy -> topology.ingress().isCertainlyFor(policy, backend));
  }

  private static boolean targets(BackendTlsPolicy policy, Backend backend, String port) {
    return policy.targets().stream()
        .filter(target -> isMeant(target.name(), backend))
        .anyMatch(target -> target.sectionName().isEmpty() || target.sectionName().equals(port));
  }

  /** What is selected by labels is meant with all of its ports. */
  private static boolean targets(
      BackendConfigPolicy policy, Backend backend, String port, int number) {
    return policy.targets().stream().noneMatch(target -> isMeant(target.name(), backend))
        || policy.targets().stream()
            .filter(target -> isMeant(target.name(), backend))
            .map(PolicyTarget::sectionName)
            .anyMatch(
                section ->
                    section.isEmpty()
                        || section.equals(port)
                        || section.equals(Integer.toString(number)));
  }

  private static boolean isMeant(String target, Backend backend) {
    return target.equals(backend.resource().name()) || target.equals(backend.canonicalHost());
  }

  private static String nameOf(Backend backend, int port) {
    return switch (backend) {
      case Backend.OfService(var service, var host) ->
          service.ports().stream()
              .filter(candidate -> candidate.number() == port)
              .map(Service.ServicePort::name)
              .findFirst()
              .orElse("");
      case Backend.OfEntry(var entry, var host, var written) ->
          entry.ports().stream()
              .filter(candidate -> candidate.number() == port)
              .map(ServiceEntry.Port::name)
              .findFirst()
              .orElse("");
    };
  }
}
