package dev.lintel.rule.waypoint;

import dev.lintel.resource.Gateway;
import dev.lintel.resource.Gateway.NamespacePolicy;
import dev.lintel.resource.ResourceRef;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject;
import dev.lintel.rule.Subject.OfHosts;
import dev.lintel.topology.Topology;
import dev.lintel.topology.WaypointBinding.Level;
import dev.lintel.topology.WaypointBinding.Reason;
import dev.lintel.topology.WaypointBinding.Unusable;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A waypoint whose listener does not admit the namespace. istiod binds nothing, and traffic goes
 * straight to the Pods.
 *
 * <p>Restricted: {@code metadata.labels[istio.io/use-waypoint]} of Service, ServiceEntry and their
 * Namespace. Allowed: a waypoint whose {@code allowedRoutes.namespaces} admit the object's
 * namespace (docs/domain.md, 3.2).
 */
final class WaypointDeniesNamespace {

  static final Rule RULE =
      Rule.warns("WP-003", "waypoint-denies-namespace")
          .summary("The waypoint does not admit objects of this namespace")
          .reads(Waypointed.BINDING)
          .ofHosts(WaypointDeniesNamespace::judge);

  private WaypointDeniesNamespace() {}

  private static Stream<Finding> judge(Topology topology, OfHosts subject) {
    return subject.hosts().stream()
        .filter(Waypointed::isConcerned)
        .map(Subject.Host::waypoint)
        .limit(1)
        .flatMap(
            binding -> binding instanceof Unusable unusable ? Stream.of(unusable) : Stream.of())
        .filter(unusable -> unusable.reason() == Reason.ATTACHMENT_DENIED)
        .flatMap(unusable -> finding(topology, subject.metadata().namespace(), unusable).stream());
  }

  private static Optional<Finding> finding(Topology topology, String namespace, Unusable binding) {
    return Waypointed.gatewayOf(topology, binding)
        .filter(gateway -> !Waypointed.isIngressOnly(topology, gateway))
        .filter(gateway -> isKnown(topology, gateway, namespace))
        .map(gateway -> finding(topology, gateway, namespace, binding.level()));
  }

  /** A selector may match labels of a Namespace that is not in sight. */
  private static boolean isKnown(Topology topology, Gateway gateway, String namespace) {
    return !isSelector(topology.waypoints().attachmentPolicyOf(gateway))
        || topology.namespace(namespace).isPresent();
  }

  private static boolean isSelector(NamespacePolicy policy) {
    return policy.from().equals("Selector");
  }

  private static Finding finding(
      Topology topology, Gateway gateway, String namespace, Level level) {
    ResourceRef own = Waypointed.namespace(namespace);
    return Finding.at(Waypointed.fieldOf(level))
        .says(
            "waypoint %s %s: it is not bound, and traffic goes straight to the Pods (fail open)",
            gateway.ref().spoken(),
            isSelector(topology.waypoints().attachmentPolicyOf(gateway))
                ? "does not select " + own.spoken()
                : "admits its own namespace only")
        .because(
            "istiod asks the waypoint's listener which namespaces may attach; a listener that does"
                + " not say admits its own. What is not admitted has no waypoint, its Namespace's"
                + " is not tried, and routes and policies of this one are not applied.")
        .fix("let `allowedRoutes.namespaces` of its listener admit %s", own.spoken())
        .about(gateway)
        .with(own);
  }
}
