package dev.lintel.rule.serviceentry;

import dev.lintel.mesh.Release;
import dev.lintel.mesh.Since;
import dev.lintel.mesh.Version;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.ServiceEntry;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.Approach;
import dev.lintel.rule.Subject.OfEntry;
import dev.lintel.topology.IngressPath;
import dev.lintel.topology.Topology;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An entry whose {@code workloadSelector} has no labels. It used to select every workload of the
 * namespace, and selects none in newer releases of istiod; kgateway never took it for a selector.
 *
 * <p>Restricted: {@code spec.workloadSelector} without labels. Allowed: where every istiod is known
 * to be older and no Gateway of kgateway picks the endpoint; {@code spec.resolution} NONE, which
 * needs no endpoint (docs/domain.md, 6.2).
 */
final class SelectorWithoutLabels {

  private static final FieldPath SELECTOR = FieldPath.of("spec.workloadSelector");

  static final Rule RULE =
      Rule.warns("SE-011", "workload-selector-without-labels")
          .summary("A workloadSelector without labels selects nothing in newer releases of istiod")
          .reads(Reads.INGRESS)
          .ofServiceEntries(SelectorWithoutLabels::judge);

  private SelectorWithoutLabels() {}

  private static Stream<Finding> judge(Topology topology, OfEntry subject) {
    return Entries.writtenByHand(topology, subject)
        .filter(entry -> entry.workloadSelector().filter(labels -> labels.isEmpty()).isPresent())
        .filter(entry -> !entry.isPassthrough() && entry.endpoints().isEmpty())
        .flatMap(entry -> finding(topology, subject, entry).stream());
  }

  private static Optional<Finding> finding(Topology topology, OfEntry subject, ServiceEntry entry) {
    List<Release> istiods = topology.dialect().istiods();
    Optional<Release> newer = istiods.stream().filter(SelectorWithoutLabels::isNewer).findFirst();
    boolean isOlder =
        !istiods.isEmpty() && istiods.stream().allMatch(SelectorWithoutLabels::isOlder);
    if (newer.isPresent()) {
      return Optional.of(
          at(
              entry,
              "istiod %s takes it for one that selects nothing".formatted(newer.get().name())));
    }
    return isOlder
        ? atGateway(subject).map(approach -> at(entry, approach))
        : Optional.of(
            at(
                entry,
                "istiod selects every workload of the namespace up to 1.30.4, and later none"));
  }

  private static boolean isNewer(Release release) {
    return release.isPlain()
        && release
            .version()
            .filter(Since.BLANK_SELECTOR_SELECTS_NOTHING::isIn)
            .filter(version -> !isInDoubt(version))
            .isPresent();
  }

  private static boolean isOlder(Release release) {
    return Since.BLANK_SELECTOR_SELECTS_NOTHING.isKnownToLack(release.version());
  }

  /** Which patch of 1.31 is the first with the change is not known. */
  private static boolean isInDoubt(Version version) {
    return Since.BLANK_SELECTOR_UNCERTAIN.isIn(version)
        && !Since.BLANK_SELECTOR_SETTLED.isIn(version);
  }

  private static Optional<Approach> atGateway(OfEntry subject) {
    return subject
        .approaches()
        .filter(approach -> approach.leg().kgateway().istioIntegration().isYes())
        .filter(approach -> approach.leg().certainly(IngressPath::gatewayPicksPod))
        .findFirst();
  }

  private static Finding at(ServiceEntry entry, Approach approach) {
    Gateway gateway = approach.leg().gateway();
    return at(entry, "kgateway at %s takes it for none".formatted(gateway.ref().spoken()))
        .with(gateway)
        .with(approach.leg().routes().getFirst());
  }

  private static Finding at(ServiceEntry entry, String who) {
    return Finding.at(SELECTOR)
        .says("the workloadSelector of %s has no labels: %s", entry.name(), who)
        .because(
            "Without labels the selector once meant every workload of the namespace. From istiod"
                + " 1.30.5 on, and at kgateway, it means none, so the host has no endpoints and"
                + " requests for it get 503.")
        .fix("name the labels, or list `spec.endpoints`");
  }
}
