package dev.lintel.rule.trafficdistribution;

import dev.lintel.mesh.Tier;
import dev.lintel.mesh.TrafficDistribution;
import dev.lintel.resource.Kind;
import dev.lintel.resource.Pod;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.Approach;
import dev.lintel.rule.Subject.OfService;
import dev.lintel.topology.Backend;
import dev.lintel.topology.EffectiveTrafficDistribution;
import dev.lintel.topology.EndpointReader;
import dev.lintel.topology.IngressLeg;
import dev.lintel.topology.IngressPath;
import dev.lintel.topology.Topology;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code PreferSameNode} behind a Gateway: requests from outside enter at the Gateway's nodes, and
 * only Pods on these nodes get them.
 *
 * <p>Restricted: {@code PreferSameNode} on Service where it decides for a kgateway Gateway's
 * requests and a node of the Gateway has an endpoint, but not every endpoint such a node. Allowed:
 * with no more endpoints than the Gateway has nodes; where either is not known (docs/domain.md, 1.4
 * and 4.3).
 */
final class NodeBoundIngress {

  static final Rule RULE =
      Rule.warns("TD-012", "traffic-distribution-binds-ingress-to-node")
          .summary("Requests from outside reach only Pods on the gateway's nodes")
          .reads(Reads.and(Reads.PICKERS, Kind.ENDPOINT_SLICE, Kind.NODE))
          .ofServices(NodeBoundIngress::judge);

  private NodeBoundIngress() {}

  private static Stream<Finding> judge(Topology topology, OfService subject) {
    if (Settings.isReadByNobody(subject)) {
      return Stream.empty();
    }
    return subject
        .approaches()
        .filter(NodeBoundIngress::isBound)
        .filter(approach -> leavesEndpointsOut(topology, approach))
        .map(NodeBoundIngress::finding);
  }

  private static boolean isBound(Approach approach) {
    IngressLeg leg = approach.leg();
    return (leg.certainly(IngressPath::gatewayPicksPod)
            && approach.picker().mayGoBy(TrafficDistribution.PREFER_SAME_NODE))
        || (leg.certainly(IngressPath.WaypointSkippedBehindVip.class::isInstance)
            && approach
                .host()
                .pickers()
                .atZtunnel(leg.gateway())
                .mayGoBy(TrafficDistribution.PREFER_SAME_NODE));
  }

  /** A Pod of two addresses is two endpoints to some readers, and one to serve requests. */
  private static boolean leavesEndpointsOut(Topology topology, Approach approach) {
    Backend backend = approach.host().backend();
    Set<String> used =
        topology.endpoints().of(backend, picker(approach.leg())).known().stream()
            .filter(endpoint -> endpoint.inUse() && endpoint.ready())
            .map(endpoint -> endpoint.place().get(Tier.NODE).orElse(""))
            .collect(Collectors.toUnmodifiableSet());
    int workloads = topology.endpoints().of(backend, EndpointReader.ZTUNNEL).readyInUse();
    Set<String> entered =
        topology
            .podsOf(approach.leg().gateway())
            .map(Pod::nodeName)
            .collect(Collectors.toUnmodifiableSet());
    return !entered.contains("")
        && workloads > entered.size()
        && used.stream().anyMatch(entered::contains)
        && used.stream().anyMatch(node -> !node.isEmpty() && !entered.contains(node));
  }

  private static EndpointReader picker(IngressLeg leg) {
    return leg.certainly(IngressPath::gatewayPicksPod)
        ? EndpointReader.of(leg.kgateway().distribution())
        : EndpointReader.ZTUNNEL;
  }

  private static Finding finding(Approach approach) {
    EffectiveTrafficDistribution setting = approach.host().trafficDistribution();
    String value = setting.ownValue().or(setting::namespaceAnnotation).orElse("");
    return Finding.at(Settings.fieldOf(setting))
        .says(
            "`%s` keeps requests of %s on the Gateway's own nodes: Pods on other nodes get none",
            value, approach.leg().gateway().ref().spoken())
        .because(
            "Requests from outside enter where a Pod of the Gateway runs. As long as an endpoint on"
                + " that node is ready, it gets all of them, and endpoints on other nodes get"
                + " none.")
        .fix("use PreferSameZone")
        .about(value)
        .about(approach.leg().gateway().key().toString())
        .with(approach.leg().gateway())
        .fact("%s", Settings.path(approach.leg()));
  }
}
