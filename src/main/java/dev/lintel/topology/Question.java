package dev.lintel.topology;

import dev.lintel.mesh.HostName;
import dev.lintel.resource.Kind;
import dev.lintel.resource.NamespacedName;
import dev.lintel.resource.ResourceRef;
import java.util.Optional;

/** What is asked of a topology more than once while one write is judged. */
enum Question {
  PEERING,
  KGATEWAYS,
  SIDECARS;

  record OfGlobalService(NamespacedName key) {}

  record OfRole(GatewayRole role) {}

  record OfEndpoints(Backend backend, EndpointReader reader) {}

  record OfDistribution(Backend backend) {}

  record OfPicker(Backend backend, EndpointReader reader, NamespacedName gateway) {}

  record OfEntries(HostName host) {}

  record OfExports(ResourceRef rule) {}

  record OfAllRules(HostName host) {}

  record OfRules(HostName host, String namespace) {}

  record OfWritten(String host) {}

  record OfIngress(Backend backend) {}

  record OfRoute(ResourceRef route) {}

  record OfRouteRule(ResourceRef route, int rule) {}

  record OfListener(ResourceRef owner, String listener) {}

  record OfRoutes(Backend backend) {}

  record OfDestinations(Backend backend) {}

  record OfVirtualServices(HostName host, boolean isTheirs) {}

  record OfSiblings(HostName host, String namespace, String proxyNamespace) {}

  record OfBackends(HostName host) {}

  record OfHosts(NamespacedName entry) {}

  record OfFirstHost(NamespacedName entry) {}

  record OfServer(String written, Optional<Integer> port, boolean isMeant) {}

  record OfCallers(Backend backend) {}

  record OfLookUp(String proxyNamespace, HostName host, ResourceRef object) {}

  record OfGrant(
      Kind route, String from, String group, String kind, String namespace, String name) {}

  record OfCapture(NamespacedName gateway) {}
}
