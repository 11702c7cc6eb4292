package dev.lintel.rule.destinationrule;

import dev.lintel.mesh.Fact;
import dev.lintel.mesh.KgatewayDistribution;
import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.Kind;
import dev.lintel.resource.TrafficPolicy.Distribute;
import dev.lintel.resource.TrafficPolicy.Failover;
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
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Locality settings by labels or places that no endpoint has: they separate nothing.
 *
 * <p>Restricted: {@code failoverPriority}, {@code failover} and {@code distribute} of a
 * DestinationRule that some proxy applies, where it is known what the endpoints carry. Allowed:
 * {@code topology.istio.io/network} and {@code topology.istio.io/cluster} at proxies fed by istiod,
 * which sets them (docs/domain.md, 2.4 and 4.4).
 */
final class LabelsNobodyCarries {

  static final Rule RULE =
      Rule.warns("DR-023", "locality-that-no-endpoint-has")
          .summary("No endpoint carries the labels or places that the locality setting names")
          .reads(Reads.and(Reads.RULE_READERS, Kind.ENDPOINT_SLICE, Kind.NODE, Kind.WORKLOAD_ENTRY))
          .ofDestinationRules(LabelsNobodyCarries::judge);

  private LabelsNobodyCarries() {}

  private static Stream<Finding> judge(Topology topology, OfRule subject) {
    return subject.readers().stream()
        .flatMap(readers -> of(topology, subject.resource(), readers))
        .limit(1);
  }

  private static Stream<Finding> of(Topology topology, DestinationRule rule, RuleReaders readers) {
    List<PlacedPolicy> preferring =
        PlacedPolicy.inEffect(rule, readers.backend()).stream()
            .filter(placed -> placed.policy().locality().filter(l -> !l.isDisabled()).isPresent())
            .toList();
    if (preferring.isEmpty()
        || (!readers.mayBeAppliedByIstiodProxies() && readers.applyingLegs().isEmpty())) {
      return Stream.empty();
    }
    Carried carried = Carried.by(topology, readers.backend());
    return preferring.stream()
        .flatMap(
            placed ->
                placed.policy().locality().stream()
                    .flatMap(locality -> findings(placed, locality, readers, carried)));
  }

  private static Stream<Finding> findings(
      PlacedPolicy placed, LocalityLbSetting locality, RuleReaders readers, Carried carried) {
    return Stream.of(
            priorities(placed, locality, readers, carried),
            failover(placed, locality, readers, carried),
            weights(placed, locality, readers, carried))
        .flatMap(Optional::stream)
        .map(finding -> finding.with(readers.backend().resource()));
  }

  private static Optional<Finding> priorities(
      PlacedPolicy placed, LocalityLbSetting locality, RuleReaders readers, Carried carried) {
    List<String> labels = locality.failoverPriority();
    boolean isIstiodsBlank =
        readers.mayBeAppliedByIstiodProxies() && separatesNothing(labels, carried::labelAtIstiod);
    boolean isGatewaysBlank =
        readers.applyingLegs().stream()
                .anyMatch(leg -> leg.kgateway().distribution() == KgatewayDistribution.OPEN_SOURCE)
            && separatesNothing(labels, carried::labelAtKgateway);
    if (isIstiodsBlank) {
      return Optional.of(blank(placed, labels, readers.backend()));
    }
    return isGatewaysBlank
        ? Optional.of(blankAtGateway(placed, labels, readers))
        : Optional.empty();
  }

  /**
   * Tells whether every endpoint gets the same priority. A label with a value of its own that no
   * endpoint matches ends the comparison; one that is absent on both sides is equal.
   */
  private static boolean separatesNothing(List<String> labels, Function<String, Fact> isCarried) {
    for (String label : labels) {
      if (!isCarried.apply(label).isNo()) {
        return false;
      }
      if (label.indexOf('=') >= 0) {
        return true;
      }
    }
    return !labels.isEmpty();
  }

  private static Finding blank(PlacedPolicy placed, List<String> labels, Backend backend) {
    return Finding.at(placed.locality().field("failoverPriority"))
        .says(
            "no endpoint of %s carries %s: failoverPriority gives all the same priority",
            backend.resource().ref().spoken(), quoted(labels))
        .because(
            "The proxy compares these labels of its own with those of each endpoint. Where no"
                + " endpoint has them, all are equally near, and nothing fails over.")
        .fix("name labels that the Pods or their nodes carry")
        .about(quoted(labels));
  }

  private static Finding blankAtGateway(
      PlacedPolicy placed, List<String> labels, RuleReaders readers) {
    return Finding.at(placed.locality().field("failoverPriority"))
        .says(
            "%s sees no %s on the endpoints of %s: failoverPriority gives all the same priority",
            Readings.spokenGateways(readers),
            quoted(labels),
            readers.backend().resource().ref().spoken())
        .because(
            "kgateway compares the labels of its own Pod with those of the endpoints' Pods, to"
                + " which it adds region, zone and host name, but neither network nor cluster."
                + " istiod would set those for a waypoint.")
        .fix(
            "use topology.kubernetes.io/region and topology.kubernetes.io/zone, or send ingress"
                + " through a waypoint")
        .about(quoted(labels));
  }

  private static Optional<Finding> failover(
      PlacedPolicy placed, LocalityLbSetting locality, RuleReaders readers, Carried carried) {
    List<String> regions = locality.failover().stream().map(Failover::to).distinct().toList();
    return nowhere(regions, carried)
        ? Optional.of(
            Finding.at(placed.locality().field("failover"))
                .says(
                    "no endpoint of %s lies in %s: failover has nowhere to go",
                    readers.backend().resource().ref().spoken(), quoted(regions))
                .because(
                    "failover names the region to use when the proxy's own fails. The endpoints of"
                        + " the host lie in %s, as the labels of their nodes say.",
                    carried.spokenRegions())
                .fix("name a region in which the host has endpoints")
                .about(quoted(regions)))
        : Optional.empty();
  }

  /** kgateway does not read the weights. */
  private static Optional<Finding> weights(
      PlacedPolicy placed, LocalityLbSetting locality, RuleReaders readers, Carried carried) {
    List<String> places =
        locality.distribute().stream()
            .map(Distribute::to)
            .flatMap(to -> to.keySet().stream())
            .distinct()
            .sorted()
            .toList();
    return readers.mayBeAppliedByIstiodProxies() && nowhere(places, carried)
        ? Optional.of(
            Finding.at(placed.locality().field("distribute"))
                .says(
                    "no endpoint of %s lies in %s: `distribute` gives weight to nothing",
                    readers.backend().resource().ref().spoken(), quoted(places))
                .because(
                    "distribute gives weights to regions and zones. The endpoints of the host lie"
                        + " in %s, as the labels of their nodes say.",
                    carried.spokenRegions())
                .fix("name regions and zones in which the host has endpoints")
                .about(quoted(places)))
        : Optional.empty();
  }

  private static boolean nowhere(List<String> places, Carried carried) {
    return !places.isEmpty() && places.stream().allMatch(place -> carried.place(place).isNo());
  }

  private static String quoted(List<String> words) {
    return words.stream().map("`%s`"::formatted).collect(Collectors.joining(", "));
  }
}
