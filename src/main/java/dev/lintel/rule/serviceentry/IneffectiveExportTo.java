package dev.lintel.rule.serviceentry;

import dev.lintel.resource.Kind;
import dev.lintel.resource.ServiceEntry;
import dev.lintel.rule.Action;
import dev.lintel.rule.Family;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Rule;
import dev.lintel.rule.RuleInfo;
import dev.lintel.rule.Subject;
import dev.lintel.topology.Topology;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An entry that is meant for some namespaces, and that ztunnel and waypoints show to all.
 *
 * <p>Restricted: {@code spec.exportTo} other than {@code *} where some namespace is in ambient
 * mode. Allowed: any value in a mesh of sidecars (docs/domain.md, 6.2).
 */
final class IneffectiveExportTo implements Rule {

  private static final RuleInfo INFO =
      new RuleInfo(
          "SE-005",
          "export-to-without-effect",
          Family.SERVICE_ENTRY,
          Action.WARN,
          Entries.SUBJECTS,
          Set.of(Kind.NAMESPACE, Kind.DEPLOYMENT),
          "1.0",
          "Ambient mode reads exportTo of a ServiceEntry as `*`");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public Stream<Finding> judge(Topology topology, Subject subject) {
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
        .mend("%s", mend(topology));
  }

  private static String mend(Topology topology) {
    return topology.dialect().istiodIsOlderThan(1, 31)
        ? "remove exportTo, or accept that the whole mesh uses the entry (istiod 1.31 brings"
            + " meshConfig.serviceEntryVisibility)"
        : "restrict it with meshConfig.serviceEntryVisibility instead";
  }
}
