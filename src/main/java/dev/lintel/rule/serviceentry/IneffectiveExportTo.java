package dev.lintel.rule.serviceentry;

import dev.lintel.mesh.Since;
import dev.lintel.resource.Kind;
import dev.lintel.resource.ServiceEntry;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.OfEntry;
import dev.lintel.topology.Topology;
import java.util.Set;
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
          .reads(Set.of(Kind.NAMESPACE, Kind.DEPLOYMENT))
          .ofServiceEntries(IneffectiveExportTo::judge);

  private IneffectiveExportTo() {}

  private static Stream<Finding> judge(Topology topology, OfEntry subject) {
    return Entries.writtenByHand(topology, subject)
        .filter(entry -> !entry.exportTo().isEmpty() && !entry.exportTo().contains("*"))
        .filter(entry -> topology.ambientNamespaces().findAny().isPresent())
        .map(entry -> finding(topology, entry));
  }

  private static Finding finding(Topology topology, ServiceEntry entry) {
    return Finding.at(FieldPath.of("spec.exportTo"))
        .says(
            "ztunnel and waypoints read exportTo `%s` as `*`: every namespace in ambient mode sees"
                + " this entry",
            String.join(", ", entry.exportTo()))
        .because(
            "Only sidecars and Istio's own gateways look at exportTo of a ServiceEntry. ztunnel,"
                + " waypoints and kgateway do not, so the entry answers callers that it was not"
                + " meant for.")
        .fix("%s", fix(topology));
  }

  private static String fix(Topology topology) {
    return topology.dialect().istiodLacks(Since.ENTRY_VISIBILITY)
        ? "remove exportTo, or accept that the whole mesh uses the entry (istiod 1.31 brings"
            + " meshConfig.serviceEntryVisibility)"
        : "restrict it with meshConfig.serviceEntryVisibility instead";
  }
}
