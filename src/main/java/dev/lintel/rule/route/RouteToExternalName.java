package dev.lintel.rule.route;

import dev.lintel.resource.Gateway;
import dev.lintel.resource.Kind;
import dev.lintel.resource.Route;
import dev.lintel.resource.Service;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.Approach;
import dev.lintel.rule.Subject.OfService;
import dev.lintel.topology.IngressPath;
import dev.lintel.topology.Topology;
import java.util.stream.Stream;

/**
 * A route of kgateway to a Service that is only another name for a host.
 *
 * <p>Restricted: {@code spec.type} ExternalName of a Service that a route of a kgateway Gateway
 * names. Allowed: with an EndpointSlice for the Service; Istio's own gateways, which resolve the
 * name (docs/domain.md, 4.3).
 */
final class RouteToExternalName {

  static final Rule RULE =
      Rule.warns("RT-005", "route-to-external-name")
          .summary("kgateway finds no endpoint for an ExternalName Service")
          .reads(Reads.and(Reads.INGRESS, Kind.ENDPOINT_SLICE))
          .ofServices(RouteToExternalName::judge);

  private RouteToExternalName() {}

  private static Stream<Finding> judge(Topology topology, OfService subject) {
    Service service = subject.resource();
    return service.isExternalName() && topology.endpointSlicesOf(service).findAny().isEmpty()
        ? subject
            .approachPerGateway(approach -> approach.leg().possibly(IngressPath::gatewayPicksPod))
            .map(RouteToExternalName::finding)
        : Stream.empty();
  }

  private static Finding finding(Approach approach) {
    Gateway gateway = approach.leg().gateway();
    Route route = approach.leg().routes().getFirst();
    return Finding.at(FieldPath.of("spec.type"))
        .says(
            "%s of %s sends here, but kgateway finds no endpoint of an ExternalName Service: 503",
            route.ref().spoken(), gateway.ref().spoken())
        .because(
            "kgateway balances over EndpointSlices, and nobody makes any for a Service that only"
                + " names another host.")
        .fix("route to a Backend, or to a ServiceEntry with resolution DNS")
        .with(route)
        .about(gateway);
  }
}
