package dev.lintel.rule.serviceentry;

import dev.lintel.resource.MeshConfig;
import dev.lintel.resource.ServiceEntry;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.OfEntry;
import dev.lintel.topology.IngressPath;
import dev.lintel.topology.Topology;
import java.util.stream.Stream;

/**
 * An entry that the mesh config shows to nobody.
 *
 * <p>Restricted: a ServiceEntry in a namespace to whose entries {@code
 * meshConfig.serviceEntryVisibility} gives the visibility {@code NONE}, from istiod 1.31 on.
 * Allowed: where only proxies are on the way that do not go by it: kgateway, or sidecars without
 * {@code applyToSidecars} (docs/domain.md, 6.2).
 */
final class HiddenEntry {

  static final Rule RULE =
      Rule.warns("SE-012", "entry-hidden-by-visibility")
          .summary("The mesh config shows entries of this namespace to nobody")
          .reads(Reads.INGRESS)
          .ofServiceEntries(HiddenEntry::judge);

  private HiddenEntry() {}

  private static Stream<Finding> judge(Topology topology, OfEntry subject) {
    return Entries.writtenByHand(topology, subject)
        .filter(
            entry ->
                topology
                    .waypoints()
                    .visibilityOfEntriesIn(entry.namespace())
                    .filter(MeshConfig.Visibility.NONE::equals)
                    .isPresent())
        .filter(entry -> Entries.servesAmbient(topology, entry, Entries.waypointOf(subject)))
        .filter(entry -> !isForGatewaysOnly(subject))
        .map(entry -> finding(subject, entry));
  }

  /** A Gateway that picks the endpoint needs nobody else who knows the entry. */
  private static boolean isForGatewaysOnly(OfEntry subject) {
    return isReadByGateway(subject) && !Entries.waypointOf(subject).isNamed();
  }

  private static boolean isReadByGateway(OfEntry subject) {
    return subject
        .approaches()
        .anyMatch(
            approach ->
                approach.leg().kgateway().istioIntegration().isYes()
                    && approach.leg().certainly(IngressPath::gatewayPicksPod));
  }

  private static Finding finding(OfEntry subject, ServiceEntry entry) {
    return Finding.at(FieldPath.NAMESPACE)
        .says(
            "meshConfig.serviceEntryVisibility is NONE for entries of namespace %s: no ztunnel and no"
                + " waypoint gets %s%s",
            entry.namespace(), entry.hosts().stream().findFirst().orElse(""), others(subject))
        .because(
            "istiod leaves such an entry out of all that it tells ztunnel and waypoints. Callers in"
                + " ambient mode resolve and reach its hosts as if it did not exist.")
        .fix(
            "ask for a policy that matches namespace %s, or put the entry elsewhere",
            entry.namespace())
        .about(String.join(",", entry.hosts()))
        .onlyWhenNew();
  }

  /** Says who does not go by the setting. */
  private static String others(OfEntry subject) {
    return isReadByGateway(subject) ? " (kgateway still does)" : "";
  }
}
