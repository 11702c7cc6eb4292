package dev.lintel.rule.waypoint;

import dev.lintel.mesh.AffectedReleases;
import dev.lintel.mesh.AffectedReleases.Match;
import dev.lintel.mesh.Fact;
import dev.lintel.mesh.Release;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.Resource;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.Approach;
import dev.lintel.rule.Subject.OfHosts;
import dev.lintel.topology.Backend;
import dev.lintel.topology.IngressLabels;
import dev.lintel.topology.IngressPath;
import dev.lintel.topology.Topology;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The other hosts of a Gateway, for which kgateway before 2.2.2 has no endpoints once the Gateway
 * reaches one host by its own address.
 *
 * <p>Restricted: {@code istio.io/ingress-use-waypoint} where such a controller honours it and the
 * Gateway picks the Pods of other hosts. Allowed: other releases, and those that are not known; a
 * Gateway whose hosts are all behind waypoints (docs/domain.md, 4.2).
 */
final class StarvingNeighbours {

  static final Rule RULE =
      Rule.warns("WP-016", "neighbours-without-endpoints")
          .summary("This release of kgateway answers 503 for the other hosts of the Gateway")
          .reads(Reads.GLOBAL_INGRESS)
          .ofHosts(StarvingNeighbours::judge);

  private static final AffectedReleases AFFECTED = AffectedReleases.fixedAfter("2.2.0-2.2.1");

  /** Nobody looked whether these have the defect. */
  private static final AffectedReleases NOT_LOOKED_UP =
      AffectedReleases.fixedAfter("2.1.0-2.1.999");

  /** So many are named, the others are counted. */
  private static final int NAMED = 2;

  private StarvingNeighbours() {}

  private static Stream<Finding> judge(Topology topology, OfHosts subject) {
    return Waypointed.oncePerGateway(
            subject, approach -> approach.leg().certainly(path -> !path.gatewayPicksPod()))
        .flatMap(approach -> finding(topology, approach).stream());
  }

  private static Optional<Finding> finding(Topology topology, Approach approach) {
    return approach
        .leg()
        .kgateway()
        .release()
        .flatMap(StarvingNeighbours::match)
        .flatMap(
            match -> {
              List<Resource> neighbours = neighbours(topology, approach.leg().gateway());
              return neighbours.isEmpty()
                  ? Optional.empty()
                  : Optional.of(finding(approach, match, neighbours));
            });
  }

  private static Optional<Match> match(Release release) {
    return AFFECTED
        .among(List.of(release))
        .filter(found -> release.version().isPresent())
        .or(
            () ->
                NOT_LOOKED_UP
                    .among(List.of(release))
                    .filter(found -> found.has().isYes())
                    .map(found -> new Match(release, Fact.unknown("2.1 was not looked up"))));
  }

  /** Returns what the Gateway reaches by endpoints that its proxy is sent apart from the rest. */
  private static List<Resource> neighbours(Topology topology, Gateway gateway) {
    return topology.ingress().backendsBehind(gateway).stream()
        .filter(StarvingNeighbours::hasDiscoveredEndpoints)
        .filter(backend -> isPicked(topology, gateway, backend))
        .map(Backend::resource)
        .distinct()
        .toList();
  }

  private static boolean hasDiscoveredEndpoints(Backend backend) {
    return switch (backend) {
      case Backend.OfService(var service, var host) -> !service.isExternalName();
      case Backend.OfEntry(var entry, var host, var written) ->
          entry.resolution().equals("STATIC") && entry.workloadSelector().isPresent();
    };
  }

  private static boolean isPicked(Topology topology, Gateway gateway, Backend backend) {
    return topology.ingress().to(backend).stream()
        .filter(leg -> leg.gateway().key().equals(gateway.key()))
        .anyMatch(leg -> leg.certainly(IngressPath::gatewayPicksPod));
  }

  private static Finding finding(Approach approach, Match match, List<Resource> neighbours) {
    Gateway gateway = approach.leg().gateway();
    Finding found =
        Finding.at(
                IngressLabels.own(approach.host().backend()).isPresent()
                    ? Waypointed.INGRESS_USE_WAYPOINT
                    : FieldPath.NAMESPACE)
            .says(
                "kgateway %s %s the other hosts of %s with 503 once one is reached by its address:"
                    + " %s",
                match.release().name(),
                match.has().isYes() ? "answers for" : "may answer for",
                gateway.ref().spoken(),
                spoken(neighbours))
            .because(
                "Before 2.2.2 the proxy of a Gateway that has both kinds of hosts is sent no"
                    + " endpoints for those whose Pods it picks itself, as soon as"
                    + " istio.io/ingress-use-waypoint makes it send to the address of one.")
            .fix("update kgateway to 2.2.2 before you set `ingress-use-waypoint`")
            .about(gateway)
            .fact("path %s", approach.leg().paths().getFirst().label())
            .onlyWhenNew();
    for (Resource neighbour : neighbours) {
      found = found.with(neighbour);
    }
    return found;
  }

  private static String spoken(List<Resource> neighbours) {
    String named =
        String.join(
            ", ", neighbours.stream().limit(NAMED).map(found -> found.ref().spoken()).toList());
    int others = neighbours.size() - NAMED;
    return others > 0 ? "%s and %d more".formatted(named, others) : named;
  }
}
