package dev.lintel.rule.trafficdistribution;

import dev.lintel.mesh.TrafficDistribution;
import dev.lintel.resource.EndpointSlice.Endpoint;
import dev.lintel.resource.Kind;
import dev.lintel.resource.Pod;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.Approach;
import dev.lintel.rule.Subject.OfService;
import dev.lintel.topology.EffectiveTrafficDistribution;
import dev.lintel.topology.IngressLeg;
import dev.lintel.topology.IngressPath;
import dev.lintel.topology.Topology;
import java.util.List;
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
          .reads(Reads.and(Reads.PICKERS, Kind.ENDPOINT_SLICE))
          .ofServices(NodeBoundIngress::judge);

  private NodeBoundIngress() {}

  private static Stream<Finding> judge(Topology topology, OfService subject) {
    if (Settings.isReadByNobody(subject)) {
      return Stream.empty();
    }
    return subject
        .approaches()
        .filter(NodeBoundIngress::isBound)
        .filter(approach -> leavesEndpointsOut(topology, subject, approach.leg()))
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

  private static boolean leavesEndpointsOut(Topology topology, OfService subject, IngressLeg leg) {
    List<String> used =
        topology
            .endpointSlicesOf(subject.resource())
            .flatMap(slice -> slice.endpoints().stream())
            .filter(Endpoint::ready)
            .map(Endpoint::nodeName)
            .toList();
    Set<String> entered =
        topology.podsOf(leg.gateway()).map(Pod::nodeName).collect(Collectors.toUnmodifiableSet());
    return !entered.contains("")
        && used.size() > entered.size()
        && used.stream().anyMatch(entered::contains)
        && used.stream().anyMatch(node -> !node.isEmpty() && !entered.contains(node));
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
