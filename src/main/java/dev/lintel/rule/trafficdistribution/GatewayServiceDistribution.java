package dev.lintel.rule.trafficdistribution;

import dev.lintel.mesh.Keys;
import dev.lintel.mesh.TrafficDistribution;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.Kind;
import dev.lintel.resource.Service;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.OfService;
import dev.lintel.topology.Generated;
import dev.lintel.topology.Topology;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The annotation on a gateway's own Service, as if it spread the clients outside.
 *
 * <p>Restricted: {@code metadata.annotations[networking.istio.io/traffic-distribution]} of a
 * Service of type LoadBalancer or NodePort that selects the Pods of an ingress Gateway. Allowed:
 * {@code spec.trafficDistribution}, which kube-proxy reads; and where a route sends to the Service,
 * for then somebody in the mesh calls it (docs/domain.md, 1.7).
 */
final class GatewayServiceDistribution {

  static final Rule RULE =
      Rule.warns("TD-020", "traffic-distribution-on-gateway-service")
          .summary("No Istio setting spreads the clients outside over the Pods of a gateway")
          .reads(Reads.and(Reads.ROUTES, Kind.SERVICE_ENTRY, Kind.DEPLOYMENT))
          .ofServices(GatewayServiceDistribution::judge);

  private GatewayServiceDistribution() {}

  private static Stream<Finding> judge(Topology topology, OfService subject) {
    Service service = subject.resource();
    if (!isForOutside(service)
        || Generated.isMarked(service, topology.platform().rootNamespace())) {
      return Stream.empty();
    }
    return service.metadata().annotation(Keys.TRAFFIC_DISTRIBUTION).stream()
        .filter(GatewayServiceDistribution::isPreference)
        .flatMap(
            value ->
                gateway(topology, service)
                    .filter(gateway -> !isRoutedTo(subject))
                    .map(gateway -> finding(value, gateway))
                    .stream());
  }

  private static boolean isForOutside(Service service) {
    return service.type().equals("LoadBalancer") || service.type().equals("NodePort");
  }

  private static boolean isPreference(String value) {
    return TrafficDistribution.named(value)
        .filter(mode -> mode != TrafficDistribution.ANY)
        .isPresent();
  }

  private static Optional<Gateway> gateway(Topology topology, Service service) {
    return Optional.ofNullable(service.selector().get(Keys.GATEWAY_NAME))
        .flatMap(name -> topology.gateway(service.namespace(), name))
        .filter(
            gateway ->
                switch (topology.roleOf(gateway)) {
                  case KGATEWAY, ENTERPRISE_KGATEWAY, ISTIO_INGRESS, AGENTGATEWAY -> true;
                  case WAYPOINT, EAST_WEST, REMOTE_PEER, OTHER -> false;
                });
  }

  private static boolean isRoutedTo(OfService subject) {
    return subject.hosts().stream().anyMatch(host -> !host.references().isEmpty());
  }

  private static Finding finding(String value, Gateway gateway) {
    return Finding.at(FieldPath.TRAFFIC_DISTRIBUTION)
        .says(
            "clients outside reach %s by its load balancer, which reads no Istio setting: `%s` acts"
                + " for callers in the mesh only",
            gateway.ref().spoken(), value)
        .because(
            "This is the Gateway's own Service. The load balancer picks a Node or a Pod before any"
                + " ztunnel or Envoy stands in the way.")
        .fix("set it on the Services behind the Gateway, or use `externalTrafficPolicy` here")
        .with(gateway)
        .about(value);
  }
}
