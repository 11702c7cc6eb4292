package dev.lintel.rule.gateway;

import dev.lintel.mesh.Keys;
import dev.lintel.mesh.Kgateway;
import dev.lintel.mesh.Release;
import dev.lintel.mesh.Since;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.Kind;
import dev.lintel.resource.LabelSelector;
import dev.lintel.resource.Metadata;
import dev.lintel.resource.Service;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.OfService;
import dev.lintel.topology.Topology;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A Service with the name that a controller gives to the Service of a Gateway.
 *
 * <p>Restricted: the name of a Service beside a Gateway that kgateway or istiod deploys. Allowed:
 * the Gateway's own Service; Gateways that somebody else deploys; and for istiod a Service that
 * selects the Gateway's Pods, which stands in its place on purpose (docs/domain.md, 4.1).
 */
final class GatewayNameTaken {

  static final Rule RULE =
      Rule.warns("GW-001", "service-with-name-of-gateway")
          .summary("A Gateway deploys a Service of this name, and finds it taken")
          .reads(Reads.and(Set.of(Kind.GATEWAY, Kind.GATEWAY_CLASS), Kind.POD, Kind.DEPLOYMENT))
          .ofServices(GatewayNameTaken::judge);

  private GatewayNameTaken() {}

  private static final String NAME_OVERRIDE = "gateway.istio.io/name-override";
  private static final String GATEWAY_CLASS = "gateway.networking.k8s.io/gateway-class-name";

  private static Stream<Finding> judge(Topology topology, OfService subject) {
    Service service = subject.resource();
    return topology
        .gatewaysIn(service.namespace())
        .filter(gateway -> isTakenBy(topology, gateway, service))
        .min(Comparator.comparing(Gateway::name))
        .map(gateway -> finding(topology, gateway, service))
        .stream();
  }

  private static boolean isTakenBy(Topology topology, Gateway gateway, Service service) {
    return !gateway.deployedElsewhere()
        && !gateway.metadata().deleting()
        && deployedName(topology, gateway).filter(service.name()::equals).isPresent()
        && !isOwn(topology, gateway, service);
  }

  /** Returns the name of the Service that a controller makes; empty if none is known to. */
  private static Optional<String> deployedName(Topology topology, Gateway gateway) {
    Optional<String> written = gateway.metadata().annotation(NAME_OVERRIDE);
    return switch (topology.roleOf(gateway)) {
      case KGATEWAY, ENTERPRISE_KGATEWAY -> Optional.of(gateway.name());
      case ISTIO_INGRESS ->
          written.or(() -> Optional.of(gateway.name() + "-" + gateway.className()));
      case WAYPOINT ->
          topology.waypoints().isEnvoyOfIstiod(gateway)
              ? written.or(() -> Optional.of(gateway.name()))
              : Optional.empty();
      case EAST_WEST -> written.or(() -> Optional.of(gateway.name()));
      case AGENTGATEWAY, REMOTE_PEER, OTHER -> Optional.empty();
    };
  }

  private static boolean isOwn(Topology topology, Gateway gateway, Service service) {
    Metadata metadata = service.metadata();
    boolean isOwned =
        metadata.owners().stream()
            .anyMatch(
                owner -> owner.kind().equals("Gateway") && owner.name().equals(gateway.name()));
    return isOwned
        || (isOfKgateway(topology, gateway)
            ? isLabelledFor(gateway, metadata)
            : metadata.label(Keys.MANAGED).isPresent() || selectsPods(topology, gateway, service));
  }

  private static boolean isOfKgateway(Topology topology, Gateway gateway) {
    return topology.ingress().kgatewayOf(gateway).isPresent();
  }

  private static boolean isLabelledFor(Gateway gateway, Metadata metadata) {
    return metadata.label(Keys.GATEWAY_NAME).filter(gateway.name()::equals).isPresent()
        && metadata.label(GATEWAY_CLASS).orElse(gateway.className()).equals(gateway.className());
  }

  private static boolean selectsPods(Topology topology, Gateway gateway, Service service) {
    return gateway.name().equals(service.selector().get(Keys.GATEWAY_NAME))
        || (!service.selector().isEmpty()
            && topology
                .podsOf(gateway)
                .anyMatch(
                    pod -> LabelSelector.containsAll(pod.metadata().labels(), service.selector())));
  }

  private static Finding finding(Topology topology, Gateway gateway, Service service) {
    return Finding.at(FieldPath.NAME)
        .says(
            "%s deploys a Service of the name `%s`: %s",
            gateway.ref().spoken(), service.name(), outcome(topology, gateway))
        .because(
            "The controller finds its Service by this name alone. Either the Gateway has no Service"
                + " that leads to its Pods, or this one loses what it selects.")
        .fix("choose another name")
        .about(gateway)
        .onlyWhenNew();
  }

  private static String outcome(Topology topology, Gateway gateway) {
    Optional<Kgateway> kgateway = topology.ingress().kgatewayOf(gateway);
    if (kgateway.isEmpty()) {
      return "istiod leaves this one alone, and the Gateway stays without its Service";
    }
    boolean refuses =
        Since.FOREIGN_SERVICE_KEPT.isKnownIn(
            kgateway.flatMap(Kgateway::release).flatMap(Release::version));
    return refuses
        ? "kgateway refuses to touch this one, and the Gateway stays without its Service"
        : "kgateway replaces its selector and ports, or (2.4) refuses to touch it";
  }
}
