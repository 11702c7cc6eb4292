package dev.lintel.rule.waypoint;

import dev.lintel.mesh.Keys;
import dev.lintel.resource.Kind;
import dev.lintel.resource.Metadata;
import dev.lintel.resource.Namespace;
import dev.lintel.resource.Pod;
import dev.lintel.resource.ResourceRef;
import dev.lintel.resource.Service;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.Host;
import dev.lintel.rule.Subject.OfService;
import dev.lintel.topology.Topology;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A Service that wants a waypoint while its Namespace is not in the mesh: nobody protects its Pods
 * from callers that go around the waypoint.
 *
 * <p>Restricted: {@code istio.io/use-waypoint} and {@code istio.io/ingress-use-waypoint} of a
 * Service or its Namespace. Allowed: in a Namespace that is in ambient or has sidecars
 * (docs/domain.md, 3.1).
 */
final class BackendNotInMesh {

  static final Rule RULE =
      Rule.warns("WP-012", "backend-not-in-mesh")
          .summary("The Service wants a waypoint, but its Pods are not in the mesh")
          .reads(Reads.and(Waypointed.BINDING, Kind.POD))
          .ofServices(BackendNotInMesh::judge);

  private BackendNotInMesh() {}

  private static Stream<Finding> judge(Topology topology, OfService subject) {
    Service service = subject.resource();
    return hasPodsOfItsOwn(service)
            && subject.hosts().stream().anyMatch(host -> wish(topology, host))
        ? outside(topology, service)
        : Stream.empty();
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
        || topology.ingress().labelIsTrueForIstiod(host.backend())
        || topology.ingress().labelIsTrueForKgateway(host.backend());
  }

  private static Stream<Finding> outside(Topology topology, Service service) {
    ResourceRef namespace = Waypointed.namespace(service.namespace());
    List<Pod> pods = topology.knownPodsOf(service).toList();
    Optional<Namespace> known = topology.namespace(service.namespace());
    if (known.isEmpty()
        || topology.hasSidecars(service.namespace())
        || pods.stream().anyMatch(BackendNotInMesh::isInMesh)) {
      return Stream.of();
    }
    if (!isAmbient(known.get().metadata())) {
      return Stream.of(namespaceOutside(namespace));
    }
    boolean optsOut = !pods.isEmpty() && pods.stream().allMatch(BackendNotInMesh::optsOut);
    return optsOut ? Stream.of(podsOutside(namespace)) : Stream.of();
  }

  private static boolean isInMesh(Pod pod) {
    return isAmbient(pod.metadata())
        || pod.metadata().annotation(Keys.REDIRECTION).filter("enabled"::equals).isPresent()
        || pod.containers().contains("istio-proxy");
  }

  private static boolean isAmbient(Metadata metadata) {
    return metadata.label(Keys.DATAPLANE_MODE).filter("ambient"::equals).isPresent();
  }

  private static boolean optsOut(Pod pod) {
    return pod.metadata().label(Keys.DATAPLANE_MODE).filter("none"::equals).isPresent();
  }

  private static Finding namespaceOutside(ResourceRef namespace) {
    return finding(namespace)
        .says(
            "a waypoint is asked for, but %s is not in the mesh: callers reach the Pods in clear,"
                + " around its policies",
            namespace.spoken())
        .fix("label %s `istio.io/dataplane-mode: ambient`", namespace.spoken())
        .fact("labels of Pods that are not in sight are not taken into account");
  }

  private static Finding podsOutside(ResourceRef namespace) {
    return finding(namespace)
        .says(
            "a waypoint is asked for, but the Pods opt out of the mesh: callers reach them in"
                + " clear, around its policies")
        .fix("remove `istio.io/dataplane-mode: none` from the Pods");
  }

  private static Finding finding(ResourceRef namespace) {
    return Finding.at(FieldPath.NAMESPACE)
        .because(
            "ztunnel does not capture Pods outside the mesh. A waypoint still sends to them, but"
                + " without mTLS, and nothing refuses a caller that connects to a Pod directly.")
        .with(namespace);
  }
}
