package dev.lintel.rule.serviceentry;

import dev.lintel.resource.Gateway;
import dev.lintel.resource.Kind;
import dev.lintel.resource.ResourceRef;
import dev.lintel.resource.ServiceEntry;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.OfEntry;
import dev.lintel.topology.Topology;
import dev.lintel.topology.WaypointBinding;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A host that only a waypoint can resolve, without one; or in a form that a waypoint does not
 * serve.
 *
 * <p>Restricted: {@code spec.resolution} DYNAMIC_DNS, and {@code spec.location} MESH_INTERNAL with
 * it. Allowed: with a waypoint that is bound; where sidecars are the clients, which resolve such
 * hosts themselves (docs/domain.md, 6.2).
 */
final class DynamicDnsWithoutWaypoint {

  static final Rule RULE =
      Rule.warns("SE-002", "dynamic-dns-without-waypoint")
          .summary("Only a waypoint resolves DYNAMIC_DNS, and none serves this entry")
          .reads(Reads.and(Reads.BINDING, Kind.POD, Kind.DEPLOYMENT))
          .ofServiceEntries(DynamicDnsWithoutWaypoint::judge);

  private DynamicDnsWithoutWaypoint() {}

  private static Stream<Finding> judge(Topology topology, OfEntry subject) {
    WaypointBinding waypoint = Entries.waypointOf(subject);
    return Entries.writtenByHand(topology, subject)
        .filter(Entries::isDynamicDns)
        .filter(entry -> Entries.servesAmbient(topology, entry, waypoint))
        .flatMap(entry -> finding(entry, waypoint).stream());
  }

  private static Optional<Finding> finding(ServiceEntry entry, WaypointBinding binding) {
    return switch (binding) {
      case WaypointBinding.Bound(var waypoint, var level) ->
          entry.location().equals("MESH_INTERNAL")
              ? Optional.of(internal(waypoint))
              : Optional.empty();
      case WaypointBinding.Unusable(var named, var level, var reason) -> {
        ResourceRef gateway = new ResourceRef(Kind.GATEWAY, named.namespace(), named.name());
        yield Optional.of(
            unresolved(entry, gateway.spoken() + " cannot be used as one")
                .fix("%s", fix(gateway, reason))
                .with(gateway));
      }
      case WaypointBinding.NotNamed notNamed -> Optional.of(unnamed(entry));
      case WaypointBinding.OptedOut optedOut -> Optional.of(unnamed(entry));
      case WaypointBinding.Excluded excluded -> Optional.empty();
    };
  }

  private static Finding unnamed(ServiceEntry entry) {
    return unresolved(entry, "this entry has none")
        .fix("label it `istio.io/use-waypoint` with the name of a waypoint");
  }

  private static Finding unresolved(ServiceEntry entry, String state) {
    return Finding.at(Entries.RESOLUTION)
        .says(
            "only a waypoint resolves DYNAMIC_DNS, and %s: requests to `%s` fail",
            state, entry.hosts().getFirst())
        .because(
            "istiod delivers the entry all the same, with an address of its own. ztunnel answers"
                + " DNS queries for the host with that address, but its only endpoint is the"
                + " wildcard itself, which resolves to nothing.");
  }

  private static String fix(ResourceRef gateway, WaypointBinding.Reason reason) {
    return switch (reason) {
      case MISSING -> "create " + gateway.spoken() + ", or name a waypoint that exists";
      case NOT_READY -> "wait until " + gateway.spoken() + " has an address, or name another one";
      case ATTACHMENT_DENIED ->
          "let the HBONE listener of " + gateway.spoken() + " allow routes from this namespace";
      case UNSUPPORTED_TRAFFIC_TYPE ->
          "label " + gateway.spoken() + " `istio.io/waypoint-for: service`";
      case RESTRICTED_TO_NAMESPACE -> "name a waypoint in the entry's own namespace";
      case GENERATED_SERVICE, EXTERNAL_NAME -> "remove the label";
    };
  }

  private static Finding internal(Gateway waypoint) {
    return Finding.at(FieldPath.of("spec.location"))
        .says(
            "waypoint %s does not serve DYNAMIC_DNS with location MESH_INTERNAL",
            waypoint.ref().spoken())
        .because(
            "Waypoints resolve such hosts outside the mesh only. istiod's own validation looks at"
                + " the waypoint label of the entry, not at the one of its Namespace.")
        .fix("set location MESH_EXTERNAL")
        .with(waypoint);
  }
}
