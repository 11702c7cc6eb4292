package dev.lintel.rule.waypoint;

import dev.lintel.mesh.Keys;
import dev.lintel.resource.ResourceRef;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject;
import dev.lintel.rule.Subject.OfHosts;
import dev.lintel.topology.Topology;
import dev.lintel.topology.WaypointBinding.Level;
import dev.lintel.topology.WaypointBinding.Reason;
import dev.lintel.topology.WaypointBinding.Unusable;
import java.util.stream.Stream;

/**
 * A waypoint that does not exist or has no address yet. istiod binds nothing, and traffic goes
 * straight to the Pods.
 *
 * <p>Restricted: {@code metadata.labels[istio.io/use-waypoint]} of Service, ServiceEntry and their
 * Namespace. Allowed: the name of a Gateway with an address in its status (docs/domain.md, 3.2).
 */
final class WaypointNotReady {

  static final Rule RULE =
      Rule.warns("WP-001", "waypoint-not-ready")
          .summary("The named waypoint does not exist or is not ready")
          .reads(Waypointed.BINDING)
          .ofHosts(WaypointNotReady::judge);

  private WaypointNotReady() {}

  private static Stream<Finding> judge(Topology topology, OfHosts subject) {
    return subject.hosts().stream()
        .filter(Waypointed::isConcerned)
        .map(Subject.Host::waypoint)
        .flatMap(
            binding -> binding instanceof Unusable unusable ? Stream.of(unusable) : Stream.of())
        .filter(WaypointNotReady::isNotReady)
        .filter(unusable -> !isSaidOfTheName(unusable))
        .filter(unusable -> !isSaidOfTheClass(topology, unusable))
        .limit(1)
        .map(unusable -> finding(topology, subject, unusable));
  }

  private static boolean isNotReady(Unusable binding) {
    return switch (binding.reason()) {
      case MISSING, NOT_READY -> true;
      case ATTACHMENT_DENIED,
          UNSUPPORTED_TRAFFIC_TYPE,
          RESTRICTED_TO_NAMESPACE,
          GENERATED_SERVICE,
          EXTERNAL_NAME ->
          false;
    };
  }

  /** That a name can never exist is the finding of another rule. */
  private static boolean isSaidOfTheName(Unusable binding) {
    return binding.level() == Level.OBJECT && !WaypointName.isValid(binding.named().name());
  }

  /** That a Gateway is no waypoint at all is the finding of another rule. */
  private static boolean isSaidOfTheClass(Topology topology, Unusable binding) {
    return Waypointed.gatewayOf(topology, binding)
        .filter(gateway -> Waypointed.isIngressOnly(topology, gateway))
        .isPresent();
  }

  private static Finding finding(Topology topology, OfHosts subject, Unusable binding) {
    ResourceRef waypoint = Waypointed.gateway(binding.named());
    ResourceRef namespace = Waypointed.namespace(subject.metadata().namespace());
    boolean isOwn = binding.level() == Level.OBJECT;
    Finding found =
        Finding.at(Waypointed.fieldOf(binding.level()))
            .says(
                "waypoint %s%s %s: traffic goes straight to the Pods (fail open)%s",
                waypoint.spoken(),
                isOwn ? "" : ", named by " + namespace.spoken() + ",",
                state(binding.reason()),
                isOwn && isNamedByNamespace(topology, subject)
                    ? ", and the namespace's is not tried instead"
                    : "")
            .because(
                "istiod binds no waypoint while the named Gateway is missing or has no address in"
                    + " its status. It fails open: ztunnel connects to the Pods directly, so routes"
                    + " and policies of the waypoint are not applied, and only the condition"
                    + " istio.io/WaypointBound tells.")
            .fix("%s", fix(binding))
            .with(waypoint)
            .about(waypoint.toString());
    return isOwn ? found : found.with(namespace);
  }

  private static boolean isNamedByNamespace(Topology topology, OfHosts subject) {
    return topology
        .namespaceLabel(subject.metadata().namespace(), Keys.USE_WAYPOINT)
        .filter(name -> !name.equals("none"))
        .isPresent();
  }

  private static String state(Reason reason) {
    return reason == Reason.MISSING ? "does not exist" : "is not ready (its status has no address)";
  }

  private static String fix(Unusable binding) {
    return binding.reason() == Reason.MISSING
        ? "create it, or name a waypoint that exists"
        : "see `kubectl describe gateway %s -n %s`: until it is Programmed its policies do not apply"
            .formatted(binding.named().name(), binding.named().namespace());
  }
}
