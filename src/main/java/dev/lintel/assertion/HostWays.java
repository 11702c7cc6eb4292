package dev.lintel.assertion;

import dev.lintel.diff.Arrival;
import dev.lintel.mesh.HostName;
import dev.lintel.resource.Gateway;
import dev.lintel.topology.Backend;
import dev.lintel.topology.Topology;
import java.util.Comparator;
import java.util.List;

/**
 * How requests come to a host.
 *
 * @param topology the state, of which a limited part is looked at
 * @param host the host
 * @param arrivals how Gateways of kgateway come to each of its backends
 * @param others the Gateways of other implementations that route to it, Istio's own among them, by
 *     namespace and name
 */
record HostWays(Topology topology, HostName host, List<Arrival> arrivals, List<Gateway> others) {

  HostWays {
    arrivals = List.copyOf(arrivals);
    others = List.copyOf(others);
  }

  /** Reads how requests come to a host that some object defines. */
  static HostWays read(Topology whole, HostName host) {
    List<Backend> backends = whole.backendsWithHost(host);
    Topology topology = whole.forJudgementOf(backends.getFirst().resource().ref());
    List<Gateway> others =
        backends.stream()
            .flatMap(backend -> topology.ingress().gatewaysTo(backend))
            .distinct()
            .filter(gateway -> topology.ingress().kgatewayOf(gateway).isEmpty())
            .sorted(Comparator.comparing(Gateway::key))
            .toList();
    return new HostWays(topology, host, Arrival.allTo(topology, host), others);
  }
}
