package dev.lintel.rule.trafficdistribution;

import dev.lintel.mesh.TrafficDistribution;
import dev.lintel.resource.EndpointSlice.Endpoint;
import dev.lintel.resource.Kind;
import dev.lintel.resource.Pod;
import dev.lintel.rule.Action;
import dev.lintel.rule.Family;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.RuleInfo;
import dev.lintel.rule.Subject;
import dev.lintel.rule.Subject.Approach;
import dev.lintel.topology.EffectiveTrafficDistribution;
import dev.lintel.topology.IngressLeg;
import dev.lintel.topology.IngressPath;
import dev.lintel.topology.Topology;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code PreferSameNode} behind a Gateway: requests from outside enter at the Gateway's nodes, and
 * only Pods on these nodes get them. Off by default, for it may be meant.
 *
 * <p>Restricted: {@code PreferSameNode} on Service and ServiceEntry where it decides for a kgateway
 * Gateway's requests. Allowed: where every node with a ready endpoint has a Pod of the Gateway
 * (docs/domain.md, 1.4 and 4.3).
 */
final class NodeBoundIngress implements Rule {

  private static final RuleInfo INFO =
      new RuleInfo(
          "TD-012",
          "traffic-distribution-binds-ingress-to-node",
          Family.TRAFFIC_DISTRIBUTION,
          Action.OFF,
          Set.of(Kind.SERVICE, Kind.SERVICE_ENTRY),
          Reads.and(Reads.INGRESS, Kind.ENDPOINT_SLICE, Kind.DESTINATION_RULE),
          "1.0",
          "Requests from outside reach only Pods on the gateway's nodes");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public Stream<Finding> judge(Topology topology, Subject subject) {
    if (Settings.isReadByNobody(subject)) {
      return Stream.empty();
    }
    return subject
        .approaches()
        .filter(Settings::mayKnow)
        .filter(NodeBoundIngress::isBound)
        .filter(approach -> !ShadowedTrafficDistribution.isShadowed(topology, approach))
        .filter(approach -> !servesEveryNode(topology, subject, approach.leg()))
        .map(NodeBoundIngress::finding);
  }

  private static boolean isBound(Approach approach) {
    EffectiveTrafficDistribution setting = approach.host().trafficDistribution();
    IngressLeg leg = approach.leg();
    return (setting.atKgateway() == TrafficDistribution.PREFER_SAME_NODE
            && leg.certainly(IngressPath::gatewayPicksPod))
        || (setting.atIstiod() == TrafficDistribution.PREFER_SAME_NODE
            && leg.certainly(IngressPath.WaypointSkippedBehindVip.class::isInstance));
  }

  private static boolean servesEveryNode(Topology topology, Subject subject, IngressLeg leg) {
    Set<String> used =
        subject
            .service()
            .map(service -> topology.endpointSlicesOf(service))
            .orElseGet(Stream::empty)
            .flatMap(slice -> slice.endpoints().stream())
            .filter(Endpoint::ready)
            .map(Endpoint::nodeName)
            .collect(Collectors.toUnmodifiableSet());
    Set<String> entered =
        topology.podsOf(leg.gateway()).map(Pod::nodeName).collect(Collectors.toUnmodifiableSet());
    return !used.isEmpty() && entered.containsAll(used);
  }

  private static Finding finding(Approach approach) {
    EffectiveTrafficDistribution setting = approach.host().trafficDistribution();
    String value = setting.ownValue().or(setting::namespaceAnnotation).orElse("");
    return Finding.at(Settings.fieldOf(setting))
        .says(
            "`%s` keeps requests of %s on the Gateway's own nodes, whatever Pods run elsewhere",
            value, approach.leg().gateway().ref().spoken())
        .because(
            "Requests from outside enter where a Pod of the Gateway runs. As long as an endpoint on"
                + " that node is ready, it gets all of them, and endpoints on other nodes get"
                + " none.")
        .mend("use PreferSameZone")
        .about(value)
        .about(approach.leg().gateway().key().toString())
        .with(approach.leg().gateway())
        .fact("%s", Settings.path(approach.leg()));
  }
}
