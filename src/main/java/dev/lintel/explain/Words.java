package dev.lintel.explain;

import dev.lintel.mesh.Tier;
import dev.lintel.resource.Route;
import dev.lintel.resource.Route.BackendRef;
import dev.lintel.topology.GatewayRole;
import dev.lintel.topology.IngressPath;
import dev.lintel.topology.Place;
import dev.lintel.topology.RefusedParent;
import dev.lintel.topology.RouteReference.Standing;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Puts what the topology says into words. */
public final class Words {

  private Words() {}

  /** Returns a reference as a sentence names it: kind, name, and the port if it has one. */
  public static String reference(Route route, BackendRef ref) {
    boolean isHost = ref.kind().equals("Hostname");
    boolean isElsewhere = !isHost && !ref.namespaceFrom(route).equals(route.namespace());
    String name = isElsewhere ? ref.namespaceFrom(route) + "/" + ref.name() : ref.name();
    return ref.kind() + " " + name + ref.port().map(port -> ":" + port).orElse("");
  }

  /** Says what becomes of a reference. */
  public static String standing(Standing standing) {
    return switch (standing) {
      case RESOLVED -> "resolved";
      case NOT_PERMITTED -> "refused: no ReferenceGrant permits it";
      case WRONG_KIND -> "refused: group and kind are not those of the object";
      case WRONG_NAME -> "refused: the host is not written as the ServiceEntry does";
      case NOT_FOUND -> "refused: there is no such object";
      case NO_BACKEND -> "refused: kgateway makes no backend of resolution NONE";
    };
  }

  /** Says why a parent does not take a route. */
  public static String refusal(RefusedParent refused) {
    return switch (refused.reason()) {
      case NOT_FOUND -> "it does not exist";
      case NO_SUCH_LISTENER -> "it has no such listener";
      case KIND_NOT_SERVED -> "its listeners serve no routes of this kind";
      case HOST_NOT_SERVED -> "its listeners serve none of the host names";
      case NAMESPACE_NOT_ALLOWED -> "its listeners do not allow routes of the namespace";
      case SET_NOT_ALLOWED -> "its Gateway does not allow the set of listeners";
      case OLDER_ROUTE -> "an older TCPRoute has the listener to itself";
      case SEVERAL_RULES -> "kgateway serves a route of this kind only with exactly one rule";
    };
  }

  /** Says in short what happens on a path. */
  public static String path(IngressPath path) {
    return switch (path) {
      case IngressPath.PlaintextToPod clear -> "in clear to the Pod, past ztunnel";
      case IngressPath.GatewayPicksPod picks -> "the gateway picks the Pod";
      case IngressPath.WaypointBypassed bypassed -> "the gateway picks the Pod, past the waypoint";
      case IngressPath.ThroughWaypoint through -> "through the waypoint";
      case IngressPath.WaypointSkippedBehindVip skipped ->
          "to the virtual IP, where the waypoint is skipped";
      case IngressPath.EmptyCluster empty -> "to no endpoint: every request gets a 503";
    };
  }

  /** Returns the labels of possible paths, as in {@code P1 or P5}. */
  public static String labels(List<IngressPath> paths) {
    return paths.stream().map(IngressPath::label).collect(Collectors.joining(" or "));
  }

  /** Returns possible paths with what happens on them. */
  public static String paths(List<IngressPath> paths) {
    return paths.stream()
        .map(path -> path.label() + ", " + path(path))
        .collect(Collectors.joining("; or "));
  }

  /** Says what a Gateway is for. */
  public static String role(GatewayRole role) {
    return switch (role) {
      case KGATEWAY -> "kgateway";
      case ENTERPRISE_KGATEWAY -> "enterprise kgateway";
      case ISTIO_INGRESS -> "Istio's own ingress";
      case AGENTGATEWAY -> "agentgateway";
      case WAYPOINT -> "waypoint";
      case EAST_WEST -> "east-west gateway";
      case REMOTE_PEER -> "peer in another cluster";
      case OTHER -> "of a class that Lintel does not know";
    };
  }

  /**
   * Returns what is known of a place.
   *
   * @param tiers the tiers that matter
   */
  static String place(Place place, Collection<Tier> tiers) {
    String text =
        tiers.stream()
            .map(tier -> tier + " " + place.get(tier).map(Words::orNone).orElse("unknown"))
            .collect(Collectors.joining(", "));
    return text.isEmpty() ? "anywhere" : text;
  }

  private static String orNone(String value) {
    return value.isEmpty() ? "none" : value;
  }
}
