package dev.lintel.rule.trafficdistribution;

import dev.lintel.resource.Kind;
import dev.lintel.resource.Service;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.JsonPatch;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.Host;
import dev.lintel.rule.Subject.OfService;
import dev.lintel.topology.EffectiveTrafficDistribution;
import dev.lintel.topology.Topology;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * {@code publishNotReadyAddresses} on a Service whose traffic is to fail over: endpoints that are
 * not ready stay in use, so nothing ever leaves the nearest ones.
 *
 * <p>Restricted: {@code spec.publishNotReadyAddresses: true} of Service beside a traffic
 * distribution, its own or its Namespace's, or a scope that peers it. Allowed: without any of them,
 * and on Services without address, where StatefulSets need it (docs/domain.md, 1.5).
 */
final class UnreadyEndpointsInUse {

  private static final FieldPath PUBLISH = FieldPath.of("spec.publishNotReadyAddresses");

  static final Rule RULE =
      Rule.warns("TD-011", "traffic-distribution-with-unready-endpoints")
          .summary("Endpoints that are not ready stay in use, so traffic never fails over")
          .reads(Set.of(Kind.NAMESPACE, Kind.DEPLOYMENT))
          .ofServices(UnreadyEndpointsInUse::judge);

  private UnreadyEndpointsInUse() {}

  private static Stream<Finding> judge(Topology topology, OfService subject) {
    Service service = subject.resource();
    return service.publishNotReadyAddresses()
        ? subject.hosts().stream()
            .filter(host -> host.backend().hasVip())
            .flatMap(host -> kept(topology, service, host).stream())
        : Stream.empty();
  }

  private static Optional<Finding> kept(Topology topology, Service service, Host host) {
    EffectiveTrafficDistribution setting = host.trafficDistribution();
    if (host.pickers().modeInMesh().isPresent()) {
      return Optional.of(
          finding(
              "traffic never leaves the endpoints that `%s` prefers".formatted(written(setting))));
    }
    return topology.scopes().mayBePeered(service)
        ? Optional.of(finding("other clusters never take over"))
        : Optional.empty();
  }

  private static String written(EffectiveTrafficDistribution setting) {
    return setting.ownValue().or(setting::namespaceAnnotation).orElse("");
  }

  private static Finding finding(String consequence) {
    return Finding.at(PUBLISH)
        .says("publishNotReadyAddresses keeps Pods that are not ready in use, so %s", consequence)
        .because(
            "istiod tells ztunnel to use every endpoint of the Service, ready or not, and the"
                + " EndpointSlices call all of them ready. Failover goes by readiness, so it never"
                + " starts.")
        .fix("set publishNotReadyAddresses to false, or leave it to a headless Service of its own")
        .patch(JsonPatch.of(JsonPatch.remove("spec", "publishNotReadyAddresses")));
  }
}
