package dev.lintel.explain;

import dev.lintel.resource.Service;
import dev.lintel.resource.ServiceEntry;
import dev.lintel.topology.Backend;
import dev.lintel.topology.Topology;
import java.util.List;
import java.util.stream.Stream;

/** Tells by which address ztunnel and kgateway find a host (docs/domain.md, 4.2). */
final class Addresses {

  private Addresses() {}

  static Statement of(Topology topology, Backend backend) {
    return topology.ingress().hasVip(backend) ? present(backend) : absent(topology, backend);
  }

  private static Statement present(Backend backend) {
    List<String> known = known(backend);
    return known.isEmpty()
        ? Statement.assumed(
            "the virtual IP is allocated by "
                + (backend.awaitsAllocation() ? "istiod" : "the API server"))
        : Statement.known("the virtual IP is " + String.join(", ", known));
  }

  private static List<String> known(Backend backend) {
    return switch (backend) {
      case Backend.OfService(var service, var host) -> service.clusterIps();
      case Backend.OfEntry(var entry, var host, var written) ->
          Stream.concat(entry.addresses().stream(), entry.knownAllocated().stream()).toList();
    };
  }

  private static Statement absent(Topology topology, Backend backend) {
    String why =
        switch (backend) {
          case Backend.OfService(var service, var host) -> why(service);
          case Backend.OfEntry(var entry, var host, var written) ->
              backend.awaitsAllocation()
                  ? "istiod allocates none (%s)"
                      .formatted(topology.dialect().features().allocatesAddresses().reason())
                  : why(entry);
        };
    return Statement.known("there is no virtual IP: " + why);
  }

  private static String why(Service service) {
    return service.isHeadless() ? "the Service is headless" : "the Service is an ExternalName";
  }

  private static String why(ServiceEntry entry) {
    if (!entry.addresses().isEmpty()) {
      return "spec.addresses has CIDR blocks only";
    }
    return entry.isPassthrough()
        ? "resolution NONE passes requests through"
        : "istiod allocates none for such a host";
  }
}
