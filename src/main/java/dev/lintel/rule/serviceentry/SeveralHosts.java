package dev.lintel.rule.serviceentry;

import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.Kind;
import dev.lintel.resource.ServiceEntry;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject;
import dev.lintel.rule.Subject.Approach;
import dev.lintel.rule.Subject.OfEntry;
import dev.lintel.topology.IngressPath;
import dev.lintel.topology.RuleReading.TakenForFirst;
import dev.lintel.topology.Topology;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An entry with several hosts to which a route of kgateway leads. kgateway has one cluster for all
 * of them, and calls it by the first.
 *
 * <p>Restricted: several {@code spec.hosts} with a DNS resolution and without endpoints, where a
 * Gateway of kgateway picks the endpoint; and others for which a DestinationRule names another host
 * than the first. Allowed: hosts that share their endpoints, without such a rule (docs/domain.md,
 * 4.5).
 */
final class SeveralHosts {

  static final Rule RULE =
      Rule.warns("SE-013", "several-hosts-behind-gateway")
          .summary("kgateway takes every host of a ServiceEntry for the first")
          .reads(Reads.and(Reads.INGRESS, Kind.DESTINATION_RULE, Kind.VIRTUAL_SERVICE))
          .ofServiceEntries(SeveralHosts::judge);

  private SeveralHosts() {}

  private static Stream<Finding> judge(Topology topology, OfEntry subject) {
    return Entries.writtenByHand(topology, subject)
        .filter(entry -> !entry.isPassthrough())
        .filter(entry -> entry.hosts().stream().distinct().count() > 1)
        .flatMap(
            entry ->
                sharesAddresses(entry)
                    ? addresses(topology, entry, subject)
                    : rules(topology, entry, subject));
  }

  /** With endpoints, or a selector, the hosts share them by the author's wish. */
  private static boolean sharesAddresses(ServiceEntry entry) {
    return entry.resolution().startsWith("DNS")
        && entry.endpoints().isEmpty()
        && entry.workloadSelector().isEmpty();
  }

  private static Stream<Finding> addresses(Topology topology, ServiceEntry entry, OfEntry subject) {
    return subject
        .approachPerGateway(approach -> isPickedThere(topology, approach))
        .map(
            approach ->
                about(
                    approach,
                    Finding.at(Entries.HOSTS)
                        .says(
                            "%s has one cluster for all hosts of this entry, with the addresses of"
                                + " each: requests for one reach the others",
                            Entries.spoken(approach))
                        .because(
                            "kgateway takes every host of a ServiceEntry for its first, `%s`. A"
                                + " cluster that is resolved by DNS then holds the addresses of all"
                                + " %d hosts.",
                            topology.rules().hostAtKgateway(approach.host().backend()),
                            entry.hosts().size())
                        .fix("write a ServiceEntry for each host")));
  }

  private static Stream<Finding> rules(Topology topology, ServiceEntry entry, OfEntry subject) {
    return subject.hosts().stream()
        .flatMap(
            host ->
                host.ingress().stream()
                    .map(leg -> new Approach(host, leg))
                    .filter(approach -> isPickedThere(topology, approach))
                    .flatMap(
                        approach ->
                            ruleFor(topology, host, approach.leg().gateway()).stream()
                                .map(
                                    rule ->
                                        unread(
                                            entry,
                                            approach,
                                            rule,
                                            topology.rules().hostAtKgateway(host.backend())))));
  }

  private static boolean isPickedThere(Topology topology, Approach approach) {
    return approach.leg().kgateway().istioIntegration().isYes()
        && approach.leg().certainly(IngressPath::gatewayPicksPod)
        && !isPassedOver(topology, approach);
  }

  /** What the controller is told to ignore is no backend at all. */
  private static boolean isPassedOver(Topology topology, Approach approach) {
    return approach.host().backend().resource() instanceof ServiceEntry entry
        && topology.ingress().exclusionOf(approach.leg().kgateway(), entry).isPresent();
  }

  /** Returns a rule that a Gateway would read if it did not take the host for another. */
  private static Optional<DestinationRule> ruleFor(
      Topology topology, Subject.Host host, Gateway gateway) {
    return topology.rules().written(host.backend().canonicalHost()).stream()
        .filter(rule -> rule.workloadSelector().isEmpty())
        .filter(
            rule ->
                topology.rules().readersOf(rule, host.backend()).of(TakenForFirst.class).stream()
                    .anyMatch(reading -> reading.proxy().gateway().equals(gateway)))
        .findFirst();
  }

  private static Finding unread(
      ServiceEntry entry, Approach approach, DestinationRule rule, String first) {
    String host = approach.host().backend().canonicalHost();
    return about(
        approach,
        Finding.at(Entries.fieldOf(entry, approach.host().backend()))
            .says(
                "%s takes `%s` for `%s`, the first host of this entry, and does not read %s there",
                Entries.spoken(approach), host, first, rule.ref().spoken())
            .because(
                "kgateway takes every host of a ServiceEntry for the one that is first by the"
                    + " alphabet, and reads only DestinationRules for that one.")
            .fix("write a ServiceEntry for each host, or a rule for `%s`", first)
            .about(rule));
  }

  private static Finding about(Approach approach, Finding finding) {
    return finding.about(approach.leg().gateway()).with(approach.leg().routes().getFirst());
  }
}
