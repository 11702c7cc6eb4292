package dev.lintel.rule.trafficdistribution;

import dev.lintel.resource.EndpointSlice.Endpoint;
import dev.lintel.resource.Kind;
import dev.lintel.resource.Node;
import dev.lintel.resource.Service;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.Host;
import dev.lintel.rule.Subject.OfService;
import dev.lintel.topology.EffectiveTrafficDistribution;
import dev.lintel.topology.IngressLeg;
import dev.lintel.topology.IngressPath;
import dev.lintel.topology.Topology;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A traffic distribution beside {@code internalTrafficPolicy: Local}, which takes its place: the
 * mesh uses endpoints of the caller's node or none.
 *
 * <p>Restricted: {@code spec.trafficDistribution} and {@code
 * metadata.annotations[networking.istio.io/traffic-distribution]} of Service beside {@code
 * spec.internalTrafficPolicy: Local}. Allowed: on the Pods of a DaemonSet, and where every known
 * Node has a ready endpoint, those of the control plane aside, so that nothing is lost; and on a
 * Service without address (docs/domain.md, 1.3).
 */
final class NodeLocalTrafficDistribution {

  static final Rule RULE =
      Rule.warns("TD-008", "traffic-distribution-overridden-by-internal-traffic-policy")
          .summary("internalTrafficPolicy: Local takes the place of this traffic distribution")
          .reads(Reads.and(Reads.INGRESS, Kind.ENDPOINT_SLICE, Kind.NODE))
          .ofServices(NodeLocalTrafficDistribution::judge);

  private NodeLocalTrafficDistribution() {}

  private static Stream<Finding> judge(Topology topology, OfService subject) {
    Service service = subject.resource();
    return service.isNodeLocal()
        ? subject.hosts().stream().flatMap(host -> overridden(topology, service, host))
        : Stream.empty();
  }

  private static Stream<Finding> overridden(Topology topology, Service service, Host host) {
    EffectiveTrafficDistribution setting = host.trafficDistribution();
    return Settings.asked(topology, setting)
        .filter(
            mode ->
                host.backend().hasVip()
                    && !isOfDaemonSet(topology, service)
                    && !isOnEveryNode(topology, service))
        .map(mode -> finding(host, setting, setting.ownValue().orElse("")))
        .stream();
  }

  private static boolean isOfDaemonSet(Topology topology, Service service) {
    return topology
        .knownPodsOf(service)
        .flatMap(pod -> pod.metadata().owners().stream())
        .anyMatch(owner -> owner.kind().equals("DaemonSet"));
  }

  private static boolean isOnEveryNode(Topology topology, Service service) {
    Set<Node> used =
        topology
            .endpointSlicesOf(service)
            .flatMap(slice -> slice.endpoints().stream())
            .filter(Endpoint::ready)
            .flatMap(endpoint -> topology.node(endpoint.nodeName()).stream())
            .collect(Collectors.toUnmodifiableSet());
    long workers = used.stream().filter(node -> !node.isControlPlane()).count();
    return !used.isEmpty()
        && (used.size() == topology.endpoints().nodeLocalities().nodes()
            || (workers > 0 && workers == topology.workerNodes()));
  }

  private static Finding finding(Host host, EffectiveTrafficDistribution setting, String value) {
    Finding finding =
        Finding.at(Settings.fieldOf(setting))
            .says(
                "internalTrafficPolicy Local overrides `%s`: ztunnel uses Pods on the caller's node"
                    + " or none",
                value)
            .because(
                "ztunnel and the proxies that istiod drives then take endpoints of their own node"
                    + " only, and refuse connections where it has none. kgateway does not know"
                    + " internalTrafficPolicy: where it picks the Pods, it still goes by %s.",
                value)
            .fix("remove internalTrafficPolicy or the traffic distribution")
            .about(value);
    for (IngressLeg leg : host.ingress()) {
      if (leg.possibly(IngressPath::gatewayPicksPod)) {
        finding = finding.with(leg.gateway()).fact("%s", Settings.path(leg));
      }
    }
    return finding;
  }
}
