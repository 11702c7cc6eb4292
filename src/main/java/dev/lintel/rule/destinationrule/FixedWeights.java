package dev.lintel.rule.destinationrule;

import dev.lintel.mesh.Keys;
import dev.lintel.resource.TrafficPolicy.LocalityLbSetting;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.OfRule;
import dev.lintel.topology.Backend;
import dev.lintel.topology.RuleReaders;
import dev.lintel.topology.Topology;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Fixed weights for localities where failover is expected: they stay as they are, whatever fails.
 *
 * <p>Restricted: {@code localityLbSetting.distribute} of a DestinationRule together with {@code
 * failoverPriority}, with {@code outlierDetection}, or for a host with endpoints in other clusters.
 * Allowed: {@code distribute} alone (docs/domain.md, 2.4).
 */
final class FixedWeights {

  static final Rule RULE =
      Rule.warns("DR-014", "distribute-prevents-failover")
          .summary("Fixed weights for localities never fail over")
          .reads(Reads.RULE_READERS)
          .ofDestinationRules(FixedWeights::judge);

  private FixedWeights() {}

  private static Stream<Finding> judge(Topology topology, OfRule subject) {
    List<RuleReaders> readers = subject.readers().stream().toList();
    boolean isKnown = readers.stream().anyMatch(RuleReaders::mayBeAppliedByIstiodProxies);
    boolean isPeered =
        readers.stream()
            .filter(RuleReaders::mayBeAppliedByIstiodProxies)
            .anyMatch(applier -> isPeered(topology, applier.backend()));
    return PlacedPolicy.all(subject.resource())
        .filter(placed -> hasWeights(placed))
        .flatMap(placed -> finding(placed, readers.isEmpty(), isKnown, isPeered).stream());
  }

  private static boolean hasWeights(PlacedPolicy placed) {
    return placed
        .policy()
        .locality()
        .filter(locality -> !locality.isDisabled() && !locality.distribute().isEmpty())
        .isPresent();
  }

  /** Two settings of which one is ignored contradict each other before the host exists, too. */
  private static Optional<Finding> finding(
      PlacedPolicy placed, boolean isBeforeItsHost, boolean isKnown, boolean isPeered) {
    if (hasPriorities(placed)) {
      return isKnown || isBeforeItsHost ? Optional.of(besidePriorities(placed)) : Optional.empty();
    }
    if (!isKnown) {
      return Optional.empty();
    }
    if (placed.outlierDetection().isPresent()) {
      return Optional.of(besideOutlierDetection(placed));
    }
    return isPeered ? Optional.of(acrossClusters(placed)) : Optional.empty();
  }

  private static boolean hasPriorities(PlacedPolicy placed) {
    return placed
        .policy()
        .locality()
        .map(LocalityLbSetting::failoverPriority)
        .filter(labels -> !labels.isEmpty())
        .isPresent();
  }

  private static Finding besidePriorities(PlacedPolicy placed) {
    return at(placed)
        .says(
            "`distribute` wins over `failoverPriority` beside it: the weights stay, nothing fails"
                + " over")
        .because(
            "istiod builds either weights or priorities. With distribute the endpoints get fixed"
                + " weights by locality and the labels of failoverPriority are not looked at;"
                + " kgateway in turn reads failoverPriority and not distribute.")
        .fix("remove one of the two")
        .about("failoverPriority");
  }

  private static Finding besideOutlierDetection(PlacedPolicy placed) {
    return at(placed)
        .says(
            "`distribute` fixes the share of each locality: outlierDetection never makes traffic"
                + " fail over")
        .because(
            "Weights by locality and failover priorities exclude each other. The share of a"
                + " locality stays as written, even if outlier detection finds every endpoint in it"
                + " broken.")
        .fix("use `failover` or `failoverPriority` if traffic is to move when a locality fails")
        .about("outlierDetection");
  }

  private static Finding acrossClusters(PlacedPolicy placed) {
    return at(placed)
        .says(
            "`distribute` fixes the share of each locality: traffic does not move to another"
                + " cluster")
        .because(
            "The host has endpoints in several clusters. With distribute the share of a locality"
                + " stays as written, even if none of its endpoints is left.")
        .fix(
            "use `failover` or `failoverPriority` with outlierDetection if clusters are to stand in"
                + " for each other")
        .about("clusters");
  }

  private static Finding at(PlacedPolicy placed) {
    return Finding.at(placed.locality().field("distribute"));
  }

  private static boolean isPeered(Topology topology, Backend backend) {
    return switch (backend) {
      case Backend.OfService(var service, var host) -> topology.scopes().mayBePeered(service);
      case Backend.OfEntry(var entry, var host, var written) ->
          entry.metadata().label(Keys.PARENT_SERVICE).isPresent();
    };
  }
}
