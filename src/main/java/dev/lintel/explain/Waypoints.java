package dev.lintel.explain;

import dev.lintel.explain.HostView.Waypoint;
import dev.lintel.explain.HostView.Waypoint.State;
import dev.lintel.resource.Kind;
import dev.lintel.resource.ResourceRef;
import dev.lintel.topology.Backend;
import dev.lintel.topology.WaypointBinding;
import dev.lintel.topology.WaypointBinding.Level;
import java.util.Optional;

/** Puts into words what istiod makes of a host's waypoint. */
final class Waypoints {

  private Waypoints() {}

  static Waypoint of(WaypointBinding binding, Backend backend) {
    return switch (binding) {
      case WaypointBinding.Bound bound ->
          new Waypoint(
              State.BOUND,
              Optional.of(bound.waypoint().ref()),
              "waypoint %s is bound, named by %s%s"
                  .formatted(
                      bound.waypoint().key(),
                      namedBy(bound.level(), backend),
                      bound.programmed().isAssumed()
                          ? " (assumed to be programmed: %s)".formatted(bound.programmed().reason())
                          : ""));
      case WaypointBinding.Unusable(var named, var level, var reason) ->
          new Waypoint(
              State.UNUSABLE,
              Optional.of(new ResourceRef(Kind.GATEWAY, named.namespace(), named.name())),
              "waypoint %s is named by %s and not used: %s"
                  .formatted(named, namedBy(level, backend), reason.spoken()));
      case WaypointBinding.NotNamed none ->
          new Waypoint(State.NOT_NAMED, Optional.empty(), "no waypoint is named");
      case WaypointBinding.OptedOut(var level) ->
          new Waypoint(
              State.OPTED_OUT,
              Optional.empty(),
              "%s wants no waypoint (none)".formatted(namedBy(level, backend)));
      case WaypointBinding.Excluded excluded ->
          new Waypoint(
              State.EXCLUDED,
              Optional.empty(),
              "a Service that istiod generated for a waypoint or an east-west gateway has none");
    };
  }

  /** Returns the same as something that decides, and how sure it is. */
  static Statement statement(WaypointBinding binding, Backend backend) {
    String text = of(binding, backend).text();
    return binding instanceof WaypointBinding.Bound bound && bound.programmed().isAssumed()
        ? Statement.assumed(text)
        : Statement.known(text);
  }

  private static String namedBy(Level level, Backend backend) {
    return switch (level) {
      case OBJECT -> backend.resource().ref().spoken();
      case NAMESPACE -> "Namespace " + backend.namespace();
    };
  }
}
