package dev.lintel.diff;

import dev.lintel.topology.IngressPath;

/** The rows of the table of ingress paths (docs/domain.md, 4.3). */
public enum Row {
  /** In clear to the Pod. */
  P1("in clear to the Pod, past the mesh"),
  /** The Gateway picks the Pod. */
  P2("the Gateway picks the Pod"),
  /** As P2, past the waypoint that is named. */
  P3("the Gateway picks the Pod, past the waypoint"),
  /** As P2; the label for ingress does nothing without a waypoint. */
  P4("the Gateway picks the Pod, for no waypoint is named"),
  /** Through the waypoint. */
  P5("through the waypoint"),
  /** To the virtual IP; the waypoint is skipped. */
  P6("ztunnel picks the Pod, the waypoint is skipped"),
  /** To no address at all. */
  P7("to an address that does not exist: 503");

  private final String spoken;

  Row(String spoken) {
    this.spoken = spoken;
  }

  /** Returns what happens on the path, as a clause. */
  public String spoken() {
    return spoken;
  }

  /** Returns the row that a path is. */
  public static Row of(IngressPath path) {
    return switch (path) {
      case IngressPath.PlaintextToPod clear -> P1;
      case IngressPath.GatewayPicksPod picks -> picks.labelledWithoutWaypoint() ? P4 : P2;
      case IngressPath.WaypointBypassed bypassed -> P3;
      case IngressPath.ThroughWaypoint through -> P5;
      case IngressPath.WaypointSkippedBehindVip skipped -> P6;
      case IngressPath.EmptyCluster empty -> P7;
    };
  }
}
