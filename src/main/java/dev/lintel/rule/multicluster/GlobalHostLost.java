package dev.lintel.rule.multicluster;

import dev.lintel.mesh.Fact;
import dev.lintel.mesh.HostName;
import dev.lintel.mesh.Keys;
import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.Kind;
import dev.lintel.resource.Resource;
import dev.lintel.resource.Service;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Solo;
import dev.lintel.rule.Subject.OfService;
import dev.lintel.topology.GlobalService;
import dev.lintel.topology.RouteReference;
import dev.lintel.topology.Topology;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A Service that is not peered, or no longer, while a route or a DestinationRule names its global
 * host.
 *
 * <p>Restricted: {@code solo.io/service-scope} of Service. Allowed: where another cluster exports
 * the service, or a ServiceEntry of the user's own defines the host; and where the Service was not
 * peered before (docs/domain.md, 5.3).
 */
final class GlobalHostLost {

  static final Rule RULE =
      Rule.warns("MC-008", "global-host-lost")
          .summary("A route or rule names the global host of a Service that is not peered")
          .reads(
              Reads.and(
                  Reads.ROUTES,
                  Kind.SERVICE_ENTRY,
                  Kind.WORKLOAD_ENTRY,
                  Kind.SEGMENT,
                  Kind.DESTINATION_RULE,
                  Kind.DEPLOYMENT))
          .ofServices(GlobalHostLost::judge);

  private GlobalHostLost() {}

  private static Stream<Finding> judge(Topology topology, OfService subject) {
    Service service = subject.resource();
    if (Solo.isExcluded(topology) || topology.scopes().isPeered(service)) {
      return Stream.empty();
    }
    return Solo.asFarAsKnown(topology, find(topology, service));
  }

  private static Stream<Finding> find(Topology topology, Service service) {
    GlobalService global = topology.scopes().globalService(service.key());
    if (global.exportedElsewhere().isYes() || isDefinedByHand(topology, global.host())) {
      return Stream.empty();
    }
    List<Resource> affected = affected(topology, global.host());
    return affected.isEmpty() ? Stream.empty() : Stream.of(finding(global, affected));
  }

  private static boolean isDefinedByHand(Topology topology, HostName host) {
    return topology.entriesWithHost(host).stream()
        .anyMatch(entry -> topology.scopes().parentOf(entry).isEmpty());
  }

  private static List<Resource> affected(Topology topology, HostName host) {
    Stream<Resource> routes =
        topology.ingress().referencesToHost(host).stream()
            .filter(RouteReference::isWellWritten)
            .map(RouteReference::route);
    Stream<DestinationRule> rules =
        topology.rules().covering(host).filter(rule -> topology.rules().hostOf(rule).equals(host));
    return Stream.concat(routes, rules.sorted(Comparator.comparing(Resource::key)))
        .distinct()
        .toList();
  }

  private static Finding finding(GlobalService global, List<Resource> affected) {
    String more =
        affected.size() > 1 ? " and %d more name".formatted(affected.size() - 1) : " names";
    Finding found =
        Finding.at(FieldPath.label(Keys.SERVICE_SCOPE))
            .says(
                "%s%s the global host %s, which does not exist while the Service is not peered",
                affected.getFirst().ref().spoken(), more, global.host())
            .because(
                "Peering generates the entry of a global host for as long as some cluster exports"
                    + " the service. Without it a route's reference is answered with"
                    + " BackendNotFound, and a DestinationRule has no reader.")
            .fix(
                "keep the label `%s: global`, or first change what names the host",
                Keys.SERVICE_SCOPE)
            .fact("%s", assumption(global.exportedElsewhere()))
            .onlyWhenNew();
    for (Resource other : affected) {
      found = found.about(other);
    }
    return found;
  }

  private static String assumption(Fact exportedElsewhere) {
    return exportedElsewhere.isUnknown()
        ? "assumed: no other cluster exports it; " + exportedElsewhere.reason()
        : exportedElsewhere.reason();
  }
}
