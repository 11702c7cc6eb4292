package dev.lintel.rule.waypoint;

import dev.lintel.resource.ResourceRef;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.OfHosts;
import dev.lintel.topology.IngressLabels;
import dev.lintel.topology.Topology;
import dev.lintel.topology.WaypointBinding;
import dev.lintel.topology.WaypointBinding.Level;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The wish that ingress traffic passes the waypoint, where no waypoint is named. It does nothing.
 *
 * <p>Restricted: {@code metadata.labels[istio.io/ingress-use-waypoint]} of Service and
 * ServiceEntry. Allowed: a true value where the object or its Namespace names a waypoint
 * (docs/domain.md, 4.2 and 4.3, P4).
 */
final class IngressUseWaypointWithoutWaypoint {

  static final Rule RULE =
      Rule.warns("WP-006", "ingress-use-waypoint-without-waypoint")
          .summary("Ingress traffic is to use a waypoint that nothing names")
          .reads(Waypointed.BINDING)
          .ofHosts(IngressUseWaypointWithoutWaypoint::judge);

  private IngressUseWaypointWithoutWaypoint() {}

  private static Stream<Finding> judge(Topology topology, OfHosts subject) {
    return subject.hosts().stream()
        .limit(1)
        .flatMap(
            host ->
                IngressLabels.own(host.backend())
                    .filter(IngressLabels::isTrueForIstiod)
                    .flatMap(value -> finding(topology, subject, value, host.waypoint()))
                    .stream());
  }

  private static Optional<Finding> finding(
      Topology topology, OfHosts subject, String value, WaypointBinding binding) {
    ResourceRef namespace = Waypointed.namespace(subject.metadata().namespace());
    boolean isKnown = topology.namespace(namespace.name()).isPresent();
    return why(subject, binding)
        .map(why -> finding(namespace, value, why))
        .map(
            found ->
                isKnown
                    ? found
                    : found.fact("the Namespace is not known and taken to name no waypoint"));
  }

  private static Finding finding(ResourceRef namespace, String value, String why) {
    return Finding.at(Waypointed.INGRESS_USE_WAYPOINT)
        .says("`istio.io/ingress-use-waypoint: %s` has no effect: %s", value, why)
        .because(
            "The label tells ingress gateways to send to the waypoint that istio.io/use-waypoint"
                + " names. Without that label on the object or its Namespace there is none, and the"
                + " gateway sends straight to the Pods.")
        .fix("name a waypoint in `istio.io/use-waypoint`, or remove the label")
        .with(namespace);
  }

  private static Optional<String> why(OfHosts subject, WaypointBinding binding) {
    ResourceRef namespace = Waypointed.namespace(subject.metadata().namespace());
    return switch (binding) {
      case WaypointBinding.NotNamed notNamed ->
          Optional.of(
              "neither %s nor %s names a waypoint"
                  .formatted(subject.ref().spoken(), namespace.spoken()));
      case WaypointBinding.OptedOut(var level) ->
          Optional.of(
              "%s opts out of waypoints with `istio.io/use-waypoint: none`"
                  .formatted(level == Level.OBJECT ? subject.ref().spoken() : namespace.spoken()));
      case WaypointBinding.Excluded excluded -> Optional.empty();
      case WaypointBinding.Bound bound -> Optional.empty();
      case WaypointBinding.Unusable unusable -> Optional.empty();
    };
  }
}
