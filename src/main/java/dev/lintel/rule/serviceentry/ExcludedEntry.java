package dev.lintel.rule.serviceentry;

import dev.lintel.mesh.Kgateway;
import dev.lintel.resource.LabelSelector;
import dev.lintel.resource.ServiceEntry;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.Approach;
import dev.lintel.rule.Subject.OfEntry;
import dev.lintel.topology.Topology;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An entry to which a route of kgateway leads, and which its controller is told to pass over.
 *
 * <p>Restricted: labels of a ServiceEntry that {@code
 * KGW_SERVICE_ENTRIES_EXCLUSION_LABEL_SELECTORS} selects, while a Gateway of kgateway routes to one
 * of its hosts. Allowed: where another entry with the host is not passed over, and where the
 * setting is not visible (docs/domain.md, 4.1).
 */
final class ExcludedEntry {

  static final Rule RULE =
      Rule.warns("SE-010", "routed-entry-excluded-at-gateway")
          .summary("A route sends to a ServiceEntry that kgateway is told to ignore")
          .reads(Reads.INGRESS)
          .ofServiceEntries(ExcludedEntry::judge);

  private ExcludedEntry() {}

  private static Stream<Finding> judge(Topology topology, OfEntry subject) {
    ServiceEntry entry = subject.resource();
    return subject
        .approachPerGateway(approach -> isPassedOver(topology, approach, entry))
        .flatMap(
            approach ->
                topology.ingress().exclusionOf(approach.leg().kgateway(), entry).stream()
                    .map(selector -> finding(approach, selector)));
  }

  private static boolean isPassedOver(Topology topology, Approach approach, ServiceEntry entry) {
    Kgateway kgateway = approach.leg().kgateway();
    return kgateway.istioIntegration().isYes()
        && topology.ingress().exclusionOf(kgateway, entry).isPresent()
        && topology.entriesWithHost(approach.host().backend().host()).stream()
            .allMatch(other -> topology.ingress().exclusionOf(kgateway, other).isPresent());
  }

  private static Finding finding(Approach approach, LabelSelector selector) {
    Optional<String> label =
        selector.matchLabels().keySet().stream()
            .sorted()
            .findFirst()
            .or(() -> selector.matchExpressions().stream().map(e -> e.key()).findFirst());
    return Finding.at(label.map(FieldPath::label).orElse(FieldPath.of("metadata.labels")))
        .says(
            "%s sends to %s, but kgateway is told to ignore this entry (label %s)",
            Entries.spoken(approach), approach.host().backend().canonicalHost(), spoken(selector))
        .because(
            "The controller runs with KGW_SERVICE_ENTRIES_EXCLUSION_LABEL_SELECTORS, and one of its"
                + " selectors selects this entry. It is no backend then: the reference counts as"
                + " BackendNotFound, and the route answers with an error.")
        .fix("remove the label, or take the selector out of the controller's settings")
        .about(approach.leg().gateway())
        .with(approach.leg().routes().getFirst());
  }

  private static String spoken(LabelSelector selector) {
    return Stream.concat(
            selector.matchLabels().entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .sorted(),
            selector.matchExpressions().stream().map(e -> e.key() + " " + e.operator()))
        .map("`%s`"::formatted)
        .collect(Collectors.joining(", "));
  }
}
