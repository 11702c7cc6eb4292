package dev.lintel.rule.serviceentry;

import dev.lintel.mesh.Fact;
import dev.lintel.mesh.Keys;
import dev.lintel.resource.Kind;
import dev.lintel.resource.ResourceRef;
import dev.lintel.resource.ServiceEntry;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject;
import dev.lintel.rule.Subject.OfEntry;
import dev.lintel.topology.Topology;
import dev.lintel.topology.WaypointBinding;
import dev.lintel.topology.WaypointBinding.Level;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An entry with a waypoint but without an address. ztunnel knows services by their addresses, so it
 * never hands a request for the host to the waypoint, whatever the status says.
 *
 * <p>Restricted: {@code spec.addresses} absent beside {@code
 * networking.istio.io/enable-autoallocate-ip: "false"}, beside {@code spec.resolution} NONE, or
 * where istiod allocates no addresses. Allowed: an address in {@code spec} or {@code status}
 * (docs/domain.md, 6.2).
 */
final class EntryWithoutVip {

  static final Rule RULE =
      Rule.warns("SE-003", "service-entry-without-vip")
          .summary("Without an address of its own no request for the host reaches the waypoint")
          .reads(Reads.and(Reads.ROUTES, Kind.DEPLOYMENT, Kind.CONFIG_MAP))
          .ofServiceEntries(EntryWithoutVip::judge);

  private EntryWithoutVip() {}

  private static Stream<Finding> judge(Topology topology, OfEntry subject) {
    WaypointBinding waypoint = Entries.waypointOf(subject);
    return Entries.writtenByHand(topology, subject)
        .filter(entry -> entry.addresses().isEmpty() && entry.knownAllocated().isEmpty())
        .filter(entry -> subject.hosts().stream().anyMatch(host -> isAllocatable(entry, host)))
        .filter(entry -> !isRefused(topology, entry, subject))
        .flatMap(entry -> finding(topology, entry, waypoint).stream());
  }

  /** A pass-through entry to which a route of kgateway refers has a finding already. */
  private static boolean isRefused(Topology topology, ServiceEntry entry, OfEntry subject) {
    return entry.isPassthrough() && !Entries.refused(topology, subject).isEmpty();
  }

  /** Wildcards without an address are another rule's matter. */
  private static boolean isAllocatable(ServiceEntry entry, Subject.Host host) {
    return Entries.isDynamicDns(entry) || !host.backend().host().isWildcard();
  }

  private static Optional<Finding> finding(
      Topology topology, ServiceEntry entry, WaypointBinding waypoint) {
    return switch (waypoint) {
      case WaypointBinding.Bound(var gateway, var level) ->
          finding(topology, entry, gateway.ref(), level);
      case WaypointBinding.Unusable(var named, var level, var reason) ->
          finding(
              topology,
              entry,
              new ResourceRef(Kind.GATEWAY, named.namespace(), named.name()),
              level);
      case WaypointBinding.NotNamed notNamed -> Optional.empty();
      case WaypointBinding.OptedOut optedOut -> Optional.empty();
      case WaypointBinding.Excluded excluded -> Optional.empty();
    };
  }

  /** A pass-through entry that inherits a waypoint is not meant to be one of its services. */
  private static Optional<Finding> finding(
      Topology topology, ServiceEntry entry, ResourceRef waypoint, Level level) {
    if (entry.isPassthrough()) {
      return level == Level.OBJECT ? Optional.of(passthrough(waypoint)) : Optional.empty();
    }
    if (isSwitchedOff(entry)) {
      return Optional.of(switchedOff(waypoint));
    }
    Fact allocates = topology.dialect().features().allocatesAddresses();
    return allocates.isNo() ? Optional.of(notAllocated(waypoint, allocates)) : Optional.empty();
  }

  private static boolean isSwitchedOff(ServiceEntry entry) {
    return entry
        .metadata()
        .label(Keys.AUTO_ALLOCATE)
        .filter(value -> value.equalsIgnoreCase("false"))
        .isPresent();
  }

  private static Finding passthrough(ResourceRef waypoint) {
    return at(Entries.RESOLUTION, waypoint)
        .says(
            "with resolution NONE the host gets no address, so no request for it reaches waypoint"
                + " %s",
            waypoint.spoken())
        .fix("set resolution DNS or STATIC, or add `spec.addresses`");
  }

  private static Finding switchedOff(ResourceRef waypoint) {
    return at(FieldPath.label(Keys.AUTO_ALLOCATE), waypoint)
        .says(
            "without `spec.addresses` and without auto-allocation no request for the host reaches"
                + " waypoint %s",
            waypoint.spoken())
        .fix("remove the label, or add `spec.addresses`");
  }

  private static Finding notAllocated(ResourceRef waypoint, Fact allocates) {
    return at(Entries.HOSTS, waypoint)
        .says(
            "the host has no address and istiod allocates none (%s), so no request reaches waypoint"
                + " %s",
            allocates.reason(), waypoint.spoken())
        .fix("add `spec.addresses`, or set PILOT_ENABLE_IP_AUTOALLOCATE=true on istiod");
  }

  private static Finding at(FieldPath field, ResourceRef waypoint) {
    return Finding.at(field)
        .because(
            "ztunnel finds a service, and with it the waypoint, by the address that the caller"
                + " connects to. A host without an address is resolved to its endpoints, which are"
                + " reached directly, past the waypoint's policies, although the status says that"
                + " it is bound.")
        .with(waypoint);
  }
}
