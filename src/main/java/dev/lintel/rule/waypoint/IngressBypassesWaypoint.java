package dev.lintel.rule.waypoint;

import dev.lintel.mesh.Fact;
import dev.lintel.mesh.Keys;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.Metadata;
import dev.lintel.resource.Pod;
import dev.lintel.resource.ResourceRef;
import dev.lintel.rule.Finding;
import dev.lintel.rule.JsonPatch;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.Approach;
import dev.lintel.rule.Subject.OfHosts;
import dev.lintel.topology.Backend;
import dev.lintel.topology.IngressLabels;
import dev.lintel.topology.IngressPath;
import dev.lintel.topology.Topology;
import dev.lintel.topology.WaypointBinding.Bound;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A waypoint that callers inside the mesh pass and requests from outside do not: kgateway picks the
 * Pod itself, and for a Pod's address ztunnel knows no service waypoint.
 *
 * <p>Restricted: {@code metadata.labels[istio.io/use-waypoint]} without {@code
 * istio.io/ingress-use-waypoint} on a Service or ServiceEntry that a kgateway Gateway routes to.
 * Allowed: {@code istio.io/ingress-use-waypoint} on the object, true or false: then it is decided
 * (docs/domain.md, 4.3, P3).
 */
final class IngressBypassesWaypoint {

  static final Rule RULE =
      Rule.warns("WP-007", "ingress-bypasses-waypoint")
          .summary("Requests through kgateway bypass the waypoint")
          .reads(Reads.GLOBAL_INGRESS)
          .ofHosts(IngressBypassesWaypoint::judge);

  private IngressBypassesWaypoint() {}

  private static Stream<Finding> judge(Topology topology, OfHosts subject) {
    return Waypointed.oncePerGateway(subject, approach -> isBypassed(topology, approach))
        .flatMap(
            approach ->
                approach.host().waypoint() instanceof Bound bound
                    ? Stream.of(finding(subject, approach, bound))
                    : Stream.of());
  }

  private static boolean isBypassed(Topology topology, Approach approach) {
    Backend backend = approach.host().backend();
    return approach.leg().certainly(IngressPath.WaypointBypassed.class::isInstance)
        && approach.host().waypoint() instanceof Bound(var waypoint, var level)
        && !Waypointed.isIngressOnly(topology, waypoint)
        && !isExternalName(backend)
        && !isDecided(topology, backend)
        && !isPassedAsWorkloadTraffic(topology, backend, waypoint);
  }

  /** No mesh registry holds a Service of type ExternalName: nobody passes a waypoint to it. */
  private static boolean isExternalName(Backend backend) {
    return backend instanceof Backend.OfService(var service, var host) && service.isExternalName();
  }

  /** A label of the object itself is a decision, or the finding of another rule. */
  private static boolean isDecided(Topology topology, Backend backend) {
    return IngressLabels.own(backend).isPresent()
        || topology.ingress().labelIsTrueForKgateway(backend);
  }

  /**
   * A waypoint for all traffic that Pods or Namespace name for the Pods too is passed after all.
   */
  private static boolean isPassedAsWorkloadTraffic(
      Topology topology, Backend backend, Gateway waypoint) {
    return Set.of("all", "workload").contains(topology.waypoints().trafficOf(waypoint))
        && (topology
                .namespace(backend.namespace())
                .filter(namespace -> names(namespace.metadata(), backend.namespace(), waypoint))
                .isPresent()
            || isNamedByPods(topology, backend, waypoint));
  }

  private static boolean isNamedByPods(Topology topology, Backend backend, Gateway waypoint) {
    List<Pod> pods =
        backend instanceof Backend.OfService(var service, var host)
            ? topology.knownPodsOf(service).toList()
            : List.of();
    return !pods.isEmpty()
        && pods.stream().allMatch(pod -> names(pod.metadata(), pod.namespace(), waypoint));
  }

  private static boolean names(Metadata labelled, String namespace, Gateway waypoint) {
    return labelled.label(Keys.USE_WAYPOINT).filter(waypoint.name()::equals).isPresent()
        && labelled
            .label(Keys.USE_WAYPOINT_NAMESPACE)
            .orElse(namespace)
            .equals(waypoint.namespace());
  }

  private static Finding finding(OfHosts subject, Approach approach, Bound bound) {
    Gateway gateway = approach.leg().gateway();
    ResourceRef route = approach.leg().routes().getFirst().ref();
    Finding found =
        Finding.at(Waypointed.fieldOf(bound.level()))
            .says(
                "requests through %s (%s) bypass waypoint %s and its policies",
                gateway.ref().spoken(), route.spoken(), bound.waypoint().ref().spoken())
            .because(
                "Without istio.io/ingress-use-waypoint kgateway sends to the address of a Pod, and"
                    + " for such an address ztunnel uses no service waypoint."
                    + " AuthorizationPolicies, routes and DestinationRules of the waypoint %s.",
                approach.host().backend().hasVip()
                    ? "act on callers inside the mesh only"
                    : "act on nobody, because the host has no address of its own")
            .fix("%s", fix(subject, approach))
            .about(gateway)
            .with(bound.waypoint())
            .with(route)
            .fact("path P3");
    return subject.metadata().labels().isEmpty() || !approach.host().backend().hasVip()
        ? assuming(subject, approach, found)
        : assuming(subject, approach, found)
            .patch(
                JsonPatch.of(
                    JsonPatch.add("true", "metadata", "labels", Keys.INGRESS_USE_WAYPOINT)));
  }

  private static Finding assuming(OfHosts subject, Approach approach, Finding found) {
    Backend backend = approach.host().backend();
    return backend.resource().ref().equals(subject.ref())
        ? found
        : found.fact("assumed: peering copies the Service's labels to %s", backend.host());
  }

  private static String fix(OfHosts subject, Approach approach) {
    String object = "the " + subject.ref().kind().objectKind();
    String label =
        approach.host().backend().hasVip()
            ? "label " + object
            : "give %s an address of its own and label it".formatted(object);
    return label
        + " `istio.io/ingress-use-waypoint: \"true\"`"
        + controller(approach.leg().kgateway().ingressUseWaypoints())
        + ", or \"false\" if the bypass is intended";
  }

  private static String controller(Fact honoured) {
    return switch (honoured) {
      case Fact.Yes yes -> "";
      case Fact.No no -> " and run kgateway's controller with KGW_ENABLE_WAYPOINT=true";
      case Fact.Unknown unknown ->
          " (kgateway's controller must run with KGW_ENABLE_WAYPOINT=true)";
    };
  }
}
