package dev.lintel.rule.waypoint;

import dev.lintel.mesh.Keys;
import dev.lintel.resource.BackendConfigPolicy.Setting;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.Kind;
import dev.lintel.resource.Resource;
import dev.lintel.resource.Route;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.Approach;
import dev.lintel.rule.Subject.OfHosts;
import dev.lintel.topology.Backend;
import dev.lintel.topology.IngressLabels;
import dev.lintel.topology.IngressPath;
import dev.lintel.topology.RouteReference;
import dev.lintel.topology.RouteReference.Standing;
import dev.lintel.topology.Topology;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A policy by which the gateway speaks TLS to a host that it reaches through the waypoint. The peer
 * is then the waypoint, which expects what the port is declared to be.
 *
 * <p>Restricted: {@code istio.io/ingress-use-waypoint} beside a BackendTLSPolicy, or a
 * BackendConfigPolicy with {@code tls}, for a port that speaks HTTP, or of a Service for which
 * routes act at the waypoint. Allowed: other ports; ports that no route of the Gateway names;
 * policies that were rejected (docs/domain.md, 4.4).
 */
final class TlsToWaypoint {

  static final Rule RULE =
      Rule.warns("WP-021", "gateway-speaks-tls-to-waypoint")
          .summary("The gateway sends TLS to a waypoint that expects plain HTTP")
          .reads(Reads.and(Waypointed.INGRESS, Kind.BACKEND_TLS_POLICY, Kind.BACKEND_CONFIG_POLICY))
          .ofHosts(TlsToWaypoint::judge);

  private TlsToWaypoint() {}

  private static Stream<Finding> judge(Topology topology, OfHosts subject) {
    return subject
        .approaches()
        .filter(approach -> approach.leg().certainly(IngressPath.ThroughWaypoint.class::isInstance))
        .flatMap(approach -> finding(topology, subject, approach).stream());
  }

  private static Optional<Finding> finding(Topology topology, OfHosts subject, Approach approach) {
    return approach.host().references().stream()
        .filter(reference -> reference.standing() == Standing.RESOLVED)
        .filter(reference -> reference.gateways().contains(approach.leg().gateway()))
        .flatMap(reference -> finding(topology, subject, approach, reference).stream())
        .findFirst();
  }

  private static Optional<Finding> finding(
      Topology topology, OfHosts subject, Approach approach, RouteReference reference) {
    Backend backend = approach.host().backend();
    return reference
        .ref()
        .port()
        .flatMap(
            port ->
                policy(topology, backend, port)
                    .flatMap(
                        policy ->
                            effect(topology, backend, port)
                                .map(
                                    effect ->
                                        finding(subject, approach, reference, policy, effect))));
  }

  /** Says what becomes of requests; empty where bytes are all that the waypoint looks at. */
  private static Optional<String> effect(Topology topology, Backend backend, int port) {
    if (backend.speaksHttp(port).isYes()) {
      return Optional.of("port %d is declared HTTP there, so requests fail".formatted(port));
    }
    return httpRoute(topology, backend)
        .map(route -> "%s and its like see only bytes".formatted(route.ref().spoken()));
  }

  private static Optional<Route> httpRoute(Topology topology, Backend backend) {
    return backend instanceof Backend.OfService(var service, var host)
        ? topology.waypoints().meshRoutesOf(service).stream()
            .filter(route -> route.kind() == Kind.HTTP_ROUTE || route.kind() == Kind.GRPC_ROUTE)
            .findFirst()
        : Optional.empty();
  }

  private static Optional<Resource> policy(Topology topology, Backend backend, int port) {
    Stream<Resource> ofGatewayApi =
        GatewayPolicies.tlsFor(topology, backend, port).map(policy -> policy);
    Stream<Resource> ofKgateway =
        GatewayPolicies.configFor(topology, backend, port)
            .filter(policy -> policy.sets(Setting.TLS))
            .map(policy -> policy);
    return Stream.concat(ofGatewayApi, ofKgateway).findFirst();
  }

  private static Finding finding(
      OfHosts subject,
      Approach approach,
      RouteReference reference,
      Resource policy,
      String effect) {
    Gateway gateway = approach.leg().gateway();
    Finding found =
        Finding.at(
                IngressLabels.own(approach.host().backend()).isPresent()
                    ? Waypointed.INGRESS_USE_WAYPOINT
                    : FieldPath.NAME)
            .says(
                "%s makes %s send TLS to this %s, and its peer is the waypoint: %s",
                policy.ref().spoken(),
                gateway.ref().spoken(),
                subject.ref().kind().objectKind(),
                effect)
            .because(
                "With istio.io/ingress-use-waypoint the gateway sends to the host's own address,"
                    + " and ztunnel hands the connection to the waypoint. The policy's TLS is spoken"
                    + " on it all the same. ztunnel encrypts between them anyway.")
            .fix(
                "take this %s out of the policy, or keep ingress off the waypoint with `%s:"
                    + " \"false\"`",
                subject.ref().kind().objectKind(), Keys.INGRESS_USE_WAYPOINT)
            .about(policy)
            .about(gateway)
            .with(reference.route())
            .fact("path P5")
            .onlyWhenNew();
    return Waypointed.gatewayOf(approach).map(waypoint -> found.with(waypoint)).orElse(found);
  }
}
