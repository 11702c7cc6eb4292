package dev.lintel.rule.serviceentry;

import dev.lintel.mesh.Since;
import dev.lintel.resource.Kind;
import dev.lintel.resource.MeshConfig;
import dev.lintel.resource.ServiceEntry;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.OfEntry;
import dev.lintel.topology.Topology;
import dev.lintel.topology.WaypointBinding;
import java.util.stream.Stream;

/**
 * An entry that is meant for some namespaces, and that ztunnel and waypoints show to all.
 *
 * <p>Restricted: {@code spec.exportTo} other than {@code *} where some namespace is in ambient
 * mode. Allowed: any value in a mesh of sidecars (docs/domain.md, 6.2).
 */
final class IneffectiveExportTo {

  static final Rule RULE =
      Rule.warns("SE-005", "export-to-without-effect")
          .summary("Ambient mode reads exportTo of a ServiceEntry as `*`")
          .reads(Reads.and(Reads.BINDING, Kind.DESTINATION_RULE))
          .ofServiceEntries(IneffectiveExportTo::judge);

  private IneffectiveExportTo() {}

  private static Stream<Finding> judge(Topology topology, OfEntry subject) {
    return Entries.writtenByHand(topology, subject)
        .filter(entry -> !entry.exportTo().isEmpty() && !entry.exportTo().contains("*"))
        .filter(entry -> topology.ambientNamespaces().findAny().isPresent())
        .filter(entry -> !isAlreadyHidden(topology, entry))
        .map(entry -> finding(topology, entry, hiddenRules(topology, subject)));
  }

  /** The mesh config may give the entry what a private one wants. */
  private static boolean isAlreadyHidden(Topology topology, ServiceEntry entry) {
    return entry.exportTo().stream().allMatch(to -> to.equals(".") || to.equals(entry.namespace()))
        && topology
            .waypoints()
            .visibilityOfEntriesIn(entry.namespace())
            .filter(visibility -> visibility != MeshConfig.Visibility.PUBLIC)
            .isPresent();
  }

  /** It does keep DestinationRules for its hosts from waypoints of other namespaces. */
  private static String hiddenRules(Topology topology, OfEntry subject) {
    return subject.hosts().stream()
        .filter(host -> topology.rules().covering(host.backend().host()).findAny().isPresent())
        .flatMap(
            host ->
                host.waypoint() instanceof WaypointBinding.Bound(var waypoint, var level)
                        && !host.backend().isExportedTo(waypoint.namespace())
                    ? Stream.of(
                        "; only rules for %s are kept from waypoint %s"
                            .formatted(host.backend().host(), waypoint.key()))
                    : Stream.empty())
        .findFirst()
        .orElse("");
  }

  private static Finding finding(Topology topology, ServiceEntry entry, String hiddenRules) {
    return Finding.at(FieldPath.of("spec.exportTo"))
        .says(
            "ztunnel and waypoints read exportTo `%s` as `*`: every namespace in ambient mode sees"
                + " this entry%s",
            String.join(", ", entry.exportTo()), hiddenRules)
        .because(
            "Only sidecars and Istio's own gateways look at exportTo of a ServiceEntry. ztunnel,"
                + " waypoints and kgateway do not, so the entry answers callers that it was not"
                + " meant for.")
        .fix("%s", fix(topology));
  }

  private static String fix(Topology topology) {
    return topology.dialect().istiodLacks(Since.ENTRY_VISIBILITY)
        ? "remove exportTo, or use istiod 1.31 with meshConfig.serviceEntryVisibility"
        : "restrict it with meshConfig.serviceEntryVisibility instead";
  }
}
