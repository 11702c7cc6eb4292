package dev.lintel.rule.multicluster;

import dev.lintel.mesh.Keys;
import dev.lintel.mesh.KgatewayDistribution;
import dev.lintel.resource.Metadata;
import dev.lintel.resource.Route;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Solo;
import dev.lintel.rule.Subject;
import dev.lintel.rule.Subject.OfService;
import dev.lintel.topology.IngressLabels;
import dev.lintel.topology.IngressLeg;
import dev.lintel.topology.IngressPath;
import dev.lintel.topology.Topology;
import java.util.stream.Stream;

/**
 * A peered Service that routes know by its local name only, behind which there are the endpoints of
 * this cluster.
 *
 * <p>Restricted: a route of a kgateway Gateway with a backend of kind Service, where the Service is
 * peered. Allowed: with a backend of kind Hostname for the global host in some route; with a
 * takeover at enterprise kgateway, or where ztunnel or a waypoint picks the Pod (docs/domain.md,
 * 5.3).
 */
final class GlobalServiceRoutedLocally {

  static final Rule RULE =
      Rule.warns("MC-001", "global-service-routed-locally")
          .summary("The route reaches a global Service in its own cluster only")
          .reads(Reads.GLOBAL_INGRESS)
          .ofServices(GlobalServiceRoutedLocally::judge);

  private GlobalServiceRoutedLocally() {}

  private static Stream<Finding> judge(Topology topology, OfService subject) {
    return Solo.asFarAsKnown(
        topology,
        Peered.of(topology, subject).filter(peered -> !peered.isRoutedGlobally(topology)).stream()
            .flatMap(
                peered ->
                    subject
                        .approaches()
                        .map(Subject.Approach::leg)
                        .filter(leg -> isLocal(topology, peered, leg))
                        .map(leg -> finding(topology, peered, leg))));
  }

  private static boolean isLocal(Topology topology, Peered peered, IngressLeg leg) {
    if (leg.possibly(IngressPath.EmptyCluster.class::isInstance)) {
      return false;
    }
    return !topology.scopes().takesOver(peered.service())
        || (isOpenSource(leg) && leg.certainly(IngressPath::gatewayPicksPod));
  }

  private static boolean isOpenSource(IngressLeg leg) {
    return leg.kgateway().distribution() == KgatewayDistribution.OPEN_SOURCE;
  }

  private static Finding finding(Topology topology, Peered peered, IngressLeg leg) {
    Route route = leg.routes().getFirst();
    Finding found =
        Finding.at(Solo.scopeField(topology, peered.service().metadata()))
            .says(
                "%s on %s names the Service, not its global host: it reaches this cluster only",
                route.ref().spoken(), leg.gateway().ref().spoken())
            .because(
                "A backend of kind Service means the endpoints of this cluster. Those of all"
                    + " clusters answer to the global host, which a route names as a backend of"
                    + " kind Hostname.")
            .fix("%s", fix(peered, leg))
            .about(leg.gateway())
            .with(route)
            .onlyWhenNew();
    return peered.assuming(found);
  }

  private static String fix(Peered peered, IngressLeg leg) {
    String use =
        "use backendRef `group: networking.istio.io, kind: Hostname, name: %s` if other clusters are to answer"
            .formatted(peered.host());
    if (!isOpenSource(leg)) {
      return use;
    }
    String integration =
        leg.kgateway().istioIntegration().isYes() ? "" : ", with KGW_ENABLE_ISTIO_INTEGRATION=true";
    return isSentThroughWaypoint(peered.service().metadata())
        ? use + integration
        : use
            + integration
            + ", and a waypoint for ingress (%s, %s on the Service): open source kgateway finds no endpoint without"
                .formatted(Keys.USE_WAYPOINT, Keys.INGRESS_USE_WAYPOINT);
  }

  /** Only what the Service itself says is copied to its global host. */
  private static boolean isSentThroughWaypoint(Metadata metadata) {
    return metadata.label(Keys.USE_WAYPOINT).filter(name -> !name.equals("none")).isPresent()
        && metadata
            .label(Keys.INGRESS_USE_WAYPOINT)
            .filter(IngressLabels::isTrueForKgateway)
            .isPresent();
  }
}
