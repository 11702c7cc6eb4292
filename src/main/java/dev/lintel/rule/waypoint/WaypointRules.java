package dev.lintel.rule.waypoint;

import dev.lintel.rule.Rule;
import java.util.List;

/** The waypoint family. */
public final class WaypointRules {

  private WaypointRules() {}

  /** Returns the family's rules, by code. */
  public static List<Rule> all() {
    return List.of(
        WaypointNotReady.RULE,
        WaypointNotUsable.RULE,
        WaypointDeniesNamespace.RULE,
        WaypointNamespaceIgnored.RULE,
        InvalidWaypointName.RULE,
        IngressUseWaypointWithoutWaypoint.RULE,
        IngressBypassesWaypoint.RULE,
        MisreadIngressUseWaypoint.RULE,
        IngressOptOutIgnored.RULE,
        WaypointWithoutVip.RULE,
        GatewayNotCaptured.RULE,
        BackendNotInMesh.RULE,
        WaypointOfGeneratedService.RULE,
        InvalidWaypointCanary.RULE,
        IngressUseWaypointSwitchedOff.RULE,
        StarvingNeighbours.RULE,
        PolicyBehindVip.RULE,
        WaypointOfRestrictedEntry.RULE,
        NearMissKey.RULE,
        CanaryBeforeItsRelease.RULE,
        TlsToWaypoint.RULE,
        PolicyOnSibling.RULE);
  }
}
