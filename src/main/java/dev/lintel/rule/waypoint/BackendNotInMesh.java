package dev.lintel.rule.waypoint;

import dev.lintel.mesh.Keys;
import dev.lintel.resource.Kind;
import dev.lintel.resource.LabelSelector;
import dev.lintel.resource.Namespace;
import dev.lintel.resource.Pod;
import dev.lintel.resource.ResourceRef;
import dev.lintel.resource.Service;
import dev.lintel.rule.Action;
import dev.lintel.rule.Family;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.RuleInfo;
import dev.lintel.rule.Subject;
import dev.lintel.rule.Subject.Host;
import dev.lintel.topology.IngressLabels;
import dev.lintel.topology.Topology;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A Service that wants a waypoint while its Namespace is not in the mesh: nobody protects its Pods
 * from callers that go around the waypoint.
 *
 * <p>Restricted: {@code istio.io/use-waypoint} and {@code istio.io/ingress-use-waypoint} of a
 * Service or its Namespace. Allowed: in a Namespace that is in ambient or has sidecars
 * (docs/domain.md, 3.1).
 */
final class BackendNotInMesh implements Rule {

  private static final RuleInfo INFO =
      new RuleInfo(
          "WP-012",
          "backend-not-in-mesh",
          Family.WAYPOINT,
          Action.WARN,
          Set.of(Kind.SERVICE),
          Reads.and(Waypointed.BINDING, Kind.POD),
          "1.0",
          "The Service wants a waypoint, but its Pods are not in the mesh");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public Stream<Finding> judge(Topology topology, Subject subject) {
    return subject.service().stream()
        .filter(BackendNotInMesh::hasPodsOfItsOwn)
        .filter(service -> subject.hosts().stream().anyMatch(host -> wish(topology, host)))
        .filter(service -> isOutside(topology, service))
        .map(BackendNotInMesh::finding);
  }

  /** Services of Gateways stand for proxies, which need no capture. */
  private static boolean hasPodsOfItsOwn(Service service) {
    return !service.selector().isEmpty()
        && !service.isExternalName()
        && service.metadata().label(Keys.GATEWAY_NAME).isEmpty()
        && service.metadata().label(Keys.MANAGED).isEmpty();
  }

  private static boolean wish(Topology topology, Host host) {
    return host.waypoint().isNamed()
        || IngressLabels.istiodSaysTrue(topology, host.backend())
        || IngressLabels.kgatewaySaysTrue(topology, host.backend());
  }

  private static boolean isOutside(Topology topology, Service service) {
    Optional<Namespace> namespace = topology.namespace(service.namespace());
    return namespace.isPresent()
        && namespace
            .flatMap(found -> found.metadata().label(Keys.DATAPLANE_MODE))
            .filter("ambient"::equals)
            .isEmpty()
        && !topology.hasSidecars(service.namespace())
        && topology.podsIn(service.namespace()).noneMatch(pod -> isInMesh(pod, service));
  }

  private static boolean isInMesh(Pod pod, Service service) {
    return LabelSelector.containsAll(pod.metadata().labels(), service.selector())
        && (pod.metadata().label(Keys.DATAPLANE_MODE).filter("ambient"::equals).isPresent()
            || pod.metadata().annotation(Keys.REDIRECTION).filter("enabled"::equals).isPresent()
            || pod.containers().contains("istio-proxy"));
  }

  private static Finding finding(Service service) {
    ResourceRef namespace = Waypointed.namespace(service.namespace());
    return Finding.at(FieldPath.NAMESPACE)
        .says(
            "a waypoint is asked for, but %s is not in the mesh: callers reach the Pods in clear,"
                + " around its policies",
            namespace.spoken())
        .because(
            "ztunnel does not capture Pods outside the mesh. A waypoint still sends to them, but"
                + " without mTLS, and nothing refuses a caller that connects to a Pod directly.")
        .mend("label %s `istio.io/dataplane-mode: ambient`", namespace.spoken())
        .with(namespace)
        .fact("labels of Pods that are not in sight are not taken into account");
  }
}
