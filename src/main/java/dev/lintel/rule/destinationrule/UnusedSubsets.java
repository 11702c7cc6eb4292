package dev.lintel.rule.destinationrule;

import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.DestinationRule.Subset;
import dev.lintel.resource.Kind;
import dev.lintel.resource.VirtualService;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.OfRule;
import dev.lintel.topology.Backend;
import dev.lintel.topology.RuleReaders;
import dev.lintel.topology.Topology;
import dev.lintel.topology.WaypointBinding;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Subsets that no route leads to: only a VirtualService can name one, and only a proxy that istiod
 * feeds reads it.
 *
 * <p>Restricted: {@code spec.subsets} of a DestinationRule for a host behind kgateway or a
 * waypoint. Allowed: subsets that a VirtualService names for a waypoint, sidecars or Istio's own
 * gateways (docs/domain.md, 2.2).
 */
final class UnusedSubsets {

  static final Rule RULE =
      Rule.warns("DR-011", "subsets-without-virtual-service")
          .summary("No route leads to these subsets")
          .reads(Reads.and(Reads.RULE_READERS, Kind.VIRTUAL_SERVICE))
          .ofDestinationRules(UnusedSubsets::judge);

  private UnusedSubsets() {}

  private static Stream<Finding> judge(Topology topology, OfRule subject) {
    DestinationRule rule = subject.resource();
    return rule.subsets().isEmpty()
        ? Stream.empty()
        : subject.readers().stream()
            .filter(readers -> isOnThePath(topology, readers))
            .flatMap(readers -> unused(topology, rule, readers).stream())
            .limit(1);
  }

  private static boolean isOnThePath(Topology topology, RuleReaders readers) {
    return !readers.legs().isEmpty()
        || !readers.waypoints().isEmpty()
        || isBound(topology, readers.backend());
  }

  private static boolean isBound(Topology topology, Backend backend) {
    return topology.waypoints().of(backend) instanceof WaypointBinding.Bound;
  }

  private static Optional<Finding> unused(
      Topology topology, DestinationRule rule, RuleReaders readers) {
    List<VirtualService> leading = topology.virtualServicesTo(readers.backend().host()).toList();
    Set<String> reached =
        leading.stream()
            .filter(service -> isRead(topology, service, readers))
            .flatMap(service -> subsets(topology, service, readers.backend()))
            .collect(Collectors.toUnmodifiableSet());
    List<String> unused =
        rule.subsets().stream().map(Subset::name).filter(name -> !reached.contains(name)).toList();
    return unused.isEmpty()
        ? Optional.empty()
        : Optional.of(finding(unused, readers, unread(topology, leading, unused, readers)));
  }

  /** A VirtualService may lead here from another host, whose waypoint then reads it. */
  private static boolean isRead(Topology topology, VirtualService service, RuleReaders readers) {
    return readers.istiodClients()
        || (service.isForMesh()
            && (!readers.waypoints().isEmpty() || isBound(topology, readers.backend())));
  }

  private static Stream<String> subsets(
      Topology topology, VirtualService service, Backend backend) {
    topology.work(service.destinations().size());
    return service.destinations().stream()
        .filter(to -> topology.hostOf(service, to).equals(backend.host()))
        .map(VirtualService.Destination::subset);
  }

  private static Optional<VirtualService> unread(
      Topology topology, List<VirtualService> leading, List<String> unused, RuleReaders readers) {
    Set<String> wanted = Set.copyOf(unused);
    return leading.stream()
        .filter(service -> subsets(topology, service, readers.backend()).anyMatch(wanted::contains))
        .findFirst();
  }

  private static Finding finding(
      List<String> unused, RuleReaders readers, Optional<VirtualService> unread) {
    String names =
        (unused.size() == 1 ? "subset " : "subsets ")
            + unused.stream().map("`%s`"::formatted).collect(Collectors.joining(", "));
    Finding found =
        Finding.at(FieldPath.of("spec.subsets"))
            .because(
                "Only a VirtualService can name a subset, and only proxies fed by istiod read it."
                    + " An HTTPRoute names Services, and kgateway does not look at subsets at all."
                    + " Nor do subsets span clusters.")
            .fix("run one Service per version and give them weights in the HTTPRoute")
            .with(readers.backend().resource())
            .about(names);
    return unread
        .map(
            service ->
                found
                    .says(
                        "no proxy on the path reads %s, which selects %s",
                        service.ref().spoken(), names)
                    .with(service))
        .orElseGet(
            () ->
                found.says(
                    "no VirtualService leads to %s; HTTPRoutes and kgateway know no subsets",
                    names));
  }
}
