package dev.lintel.rule.serviceentry;

import dev.lintel.resource.Kind;
import dev.lintel.resource.LabelSelector;
import dev.lintel.resource.Resource;
import dev.lintel.resource.ServiceEntry;
import dev.lintel.resource.WorkloadEntry;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.Approach;
import dev.lintel.rule.Subject.OfEntry;
import dev.lintel.topology.IngressPath;
import dev.lintel.topology.Topology;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * WorkloadEntries that istiod selects by {@code spec.labels}, where kgateway looks at {@code
 * metadata.labels} alone.
 *
 * <p>Restricted: {@code spec.workloadSelector} of an entry with resolution STATIC whose endpoint a
 * Gateway of kgateway picks. Allowed: WorkloadEntries with the labels in their metadata, and paths
 * on which istiod's proxies pick (docs/domain.md, 4.5).
 */
final class UnseenWorkloadLabels {

  private static final String AUTO_REGISTERED = "istio.io/autoRegistrationGroup";

  /** How many are named. */
  private static final int NAMED = 3;

  static final Rule RULE =
      Rule.warns("SE-014", "workload-labels-unseen-by-gateway")
          .summary("kgateway does not select WorkloadEntries by spec.labels")
          .reads(Reads.and(Reads.INGRESS, Kind.WORKLOAD_ENTRY))
          .ofServiceEntries(UnseenWorkloadLabels::judge);

  private UnseenWorkloadLabels() {}

  private static Stream<Finding> judge(Topology topology, OfEntry subject) {
    return Entries.writtenByHand(topology, subject)
        .filter(entry -> entry.resolution().equals("STATIC"))
        .flatMap(
            entry ->
                entry.workloadSelector().filter(labels -> !labels.isEmpty()).stream()
                    .flatMap(selector -> judge(topology, subject, entry, selector)));
  }

  private static Stream<Finding> judge(
      Topology topology, OfEntry subject, ServiceEntry entry, Map<String, String> selector) {
    List<WorkloadEntry> selected =
        topology
            .workloadEntries(entry.namespace(), selector)
            .filter(workload -> workload.metadata().annotation(AUTO_REGISTERED).isEmpty())
            .sorted(Comparator.comparing(Resource::key))
            .toList();
    List<WorkloadEntry> unseen =
        selected.stream()
            .filter(workload -> !LabelSelector.containsAll(workload.metadata().labels(), selector))
            .toList();
    return unseen.isEmpty()
        ? Stream.empty()
        : subject
            .approachPerGateway(UnseenWorkloadLabels::isPickedThere)
            .map(approach -> finding(approach, selected.size(), unseen));
  }

  private static boolean isPickedThere(Approach approach) {
    return approach.leg().kgateway().istioIntegration().isYes()
        && approach.leg().certainly(IngressPath::gatewayPicksPod);
  }

  private static Finding finding(Approach approach, int selected, List<WorkloadEntry> unseen) {
    String names =
        unseen.stream().limit(NAMED).map(Resource::name).collect(Collectors.joining(", "));
    Finding found =
        Finding.at(FieldPath.of("spec.workloadSelector"))
            .says(
                "%s does not select %d of %d WorkloadEntries (%s): they have the labels in"
                    + " `spec.labels` only",
                Entries.spoken(approach), unseen.size(), selected, names)
            .because(
                "istiod compares the selector with the labels of both places, kgateway with"
                    + " metadata.labels alone. Endpoints that it does not select get no request, and"
                    + " without any it answers 503.")
            .fix("put the labels into `metadata.labels` of the WorkloadEntries")
            .about(approach.leg().gateway())
            .with(approach.leg().routes().getFirst());
    for (WorkloadEntry workload : unseen.subList(0, Math.min(NAMED, unseen.size()))) {
      found = found.with(workload);
    }
    return found;
  }
}
