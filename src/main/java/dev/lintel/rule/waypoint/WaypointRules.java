package dev.lintel.rule.waypoint;

import dev.lintel.rule.Rule;
import java.util.List;

/** The waypoint family. */
public final class WaypointRules {

  private WaypointRules() {}

  /** Returns the family's rules, by code. */
  public static List<Rule> all() {
    return List.of(
        new WaypointNotReady(),
        new WaypointNotUsable(),
        new WaypointDeniesNamespace(),
        new WaypointNamespaceIgnored(),
        new InvalidWaypointName(),
        new IngressUseWaypointWithoutWaypoint(),
        new IngressBypassesWaypoint(),
        new MisreadIngressUseWaypoint(),
        new IngressOptOutIgnored(),
        new WaypointWithoutVip(),
        new GatewayNotCaptured(),
        new BackendNotInMesh(),
        new WaypointOfGeneratedService(),
        new InvalidWaypointCanary(),
        new IngressUseWaypointSwitchedOff(),
        new NearMissKey(),
        new CanaryBeforeItsRelease());
  }
}
