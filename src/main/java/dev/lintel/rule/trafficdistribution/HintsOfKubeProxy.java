package dev.lintel.rule.trafficdistribution;

import dev.lintel.mesh.TrafficDistribution;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.Service;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.Approach;
import dev.lintel.rule.Subject.Host;
import dev.lintel.rule.Subject.OfService;
import dev.lintel.topology.EndpointReader;
import dev.lintel.topology.Generated;
import dev.lintel.topology.IngressPath;
import dev.lintel.topology.Topology;
import dev.lintel.topology.WaypointBinding;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Topology-aware hints on a Service that the mesh balances: only kube-proxy reads them.
 *
 * <p>Restricted: {@code service.kubernetes.io/topology-mode: Auto}, and the older {@code
 * topology-aware-hints}. Allowed: outside the mesh; beside a setting that the mesh reads; on
 * Services without address (docs/domain.md, 1.3).
 */
final class HintsOfKubeProxy {

  static final Rule RULE =
      Rule.warns("TD-016", "topology-hints-unread-in-mesh")
          .summary("Only kube-proxy reads topology-aware hints, and the mesh balances this Service")
          .reads(Reads.PICKERS)
          .ofServices(HintsOfKubeProxy::judge);

  private HintsOfKubeProxy() {}

  private static final List<String> KEYS =
      List.of("service.kubernetes.io/topology-mode", "service.kubernetes.io/topology-aware-hints");

  private static Stream<Finding> judge(Topology topology, OfService subject) {
    Service service = subject.resource();
    if (Generated.isMarked(service, topology.platform().rootNamespace())) {
      return Stream.empty();
    }
    return KEYS.stream()
        .filter(key -> isAuto(service, key))
        .limit(1)
        .flatMap(
            key ->
                subject.hosts().stream()
                    .filter(host -> host.backend().hasVip())
                    .flatMap(host -> finding(topology, subject, host, key).stream()));
  }

  private static boolean isAuto(Service service, String key) {
    return service.metadata().annotation(key).filter("Auto"::equalsIgnoreCase).isPresent();
  }

  private static Optional<Finding> finding(
      Topology topology, OfService subject, Host host, String key) {
    Optional<Approach> atGateway = atGateway(subject, host);
    Optional<Gateway> waypoint = waypoint(host);
    if (atGateway.isPresent()) {
      Gateway gateway = atGateway.get().leg().gateway();
      return Optional.of(
          finding(topology, key, gateway.ref().spoken())
              .with(gateway)
              .fact("%s", Settings.path(atGateway.get().leg())));
    }
    if (prefersInMesh(topology, host, waypoint)) {
      return Optional.empty();
    }
    if (waypoint.isPresent()) {
      String spoken = "waypoint " + waypoint.get().key();
      return Optional.of(finding(topology, key, spoken).with(waypoint.get()));
    }
    return topology.isAmbient(host.backend().namespace())
        ? Optional.of(finding(topology, key, "ztunnel"))
        : Optional.empty();
  }

  /** Returns a gateway of kgateway that picks the Pods and has nothing to prefer a zone by. */
  private static Optional<Approach> atGateway(OfService subject, Host host) {
    if (host.trafficDistribution().atKgateway() != TrafficDistribution.ANY) {
      return Optional.empty();
    }
    return subject
        .approaches()
        .filter(approach -> approach.leg().certainly(IngressPath::gatewayPicksPod))
        .filter(approach -> approach.picker().displacement().isEmpty())
        .findFirst();
  }

  private static Optional<Gateway> waypoint(Host host) {
    return host.waypoint() instanceof WaypointBinding.Bound(var waypoint, var level)
        ? Optional.of(waypoint)
        : Optional.empty();
  }

  private static boolean prefersInMesh(Topology topology, Host host, Optional<Gateway> waypoint) {
    return !topology.endpoints().orderOf(host.backend(), EndpointReader.ZTUNNEL).tiers().isEmpty()
        || waypoint
            .flatMap(gateway -> host.pickers().atWaypoint(gateway).displacement())
            .isPresent();
  }

  private static Finding finding(Topology topology, String key, String reader) {
    return Finding.at(FieldPath.annotation(key))
        .says(
            "topology hints are kube-proxy's: %s reads none and spreads requests over all zones",
            reader)
        .because(
            "The annotation makes hints in EndpointSlices. Neither istiod nor ztunnel nor kgateway"
                + " looks at them; what they look at is the traffic distribution.")
        .fix("set `spec.trafficDistribution: %s`", mode(topology));
  }

  /** Returns the name that the API server and istiod both know. */
  private static String mode(Topology topology) {
    String known = Settings.widelyKnown(topology.dialect());
    List<String> accepted =
        TrafficDistribution.valuesOfKubernetes(topology.platform().kubernetesVersion());
    return accepted.isEmpty() || accepted.contains(known) ? known : accepted.getFirst();
  }
}
