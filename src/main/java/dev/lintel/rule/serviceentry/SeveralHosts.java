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
import dev.lintel.topology.Topology;
import java.util.Comparator;
import java.util.List;
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
          .reads(Reads.and(Reads.INGRESS, Kind.DESTINATION_RULE))
          .ofServiceEntries(SeveralHosts::judge);

  private SeveralHosts() {}

  private static Stream<Finding> judge(Topology topology, OfEntry subject) {
    return Entries.writtenByHand(topology, subject)
        .filter(entry -> !entry.isPassthrough())
        .filter(entry -> entry.hosts().stream().distinct().count() > 1)
        .flatMap(
            entry ->
                sharesAddresses(entry)
                    ? addresses(entry, subject)
                    : rules(topology, entry, subject));
  }

  /** With endpoints, or a selector, the hosts share them by the author's wish. */
  private static boolean sharesAddresses(ServiceEntry entry) {
    return entry.resolution().startsWith("DNS")
        && entry.endpoints().isEmpty()
        && entry.workloadSelector().isEmpty();
  }

  /** "First" is by the alphabet: the places in the list do not matter. */
  private static String first(ServiceEntry entry) {
    return entry.hosts().stream().min(Comparator.naturalOrder()).orElseThrow();
  }

  private static Stream<Finding> addresses(ServiceEntry entry, OfEntry subject) {
    return subject
        .approachPerGateway(SeveralHosts::isPickedThere)
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
                            first(entry), entry.hosts().size())
                        .fix("write a ServiceEntry for each host")));
  }

  private static Stream<Finding> rules(Topology topology, ServiceEntry entry, OfEntry subject) {
    String first = first(entry);
    return subject.hosts().stream()
        .filter(host -> !host.backend().canonicalHost().equals(first))
        .flatMap(
            host ->
                host.ingress().stream()
                    .map(leg -> new Approach(host, leg))
                    .filter(SeveralHosts::isPickedThere)
                    .flatMap(
                        approach ->
                            ruleFor(topology, host, approach.leg().gateway()).stream()
                                .map(rule -> unread(entry, approach, rule, first))));
  }

  private static boolean isPickedThere(Approach approach) {
    return approach.leg().kgateway().istioIntegration().isYes()
        && approach.leg().certainly(IngressPath::gatewayPicksPod);
  }

  /** Returns a rule that kgateway would read if it asked for the host. */
  private static Optional<DestinationRule> ruleFor(
      Topology topology, Subject.Host host, Gateway gateway) {
    return topology.rules().written(host.backend().canonicalHost()).stream()
        .filter(rule -> rule.workloadSelector().isEmpty())
        .filter(rule -> isExported(rule, gateway.namespace()))
        .findFirst();
  }

  private static boolean isExported(DestinationRule rule, String namespace) {
    List<String> exports = rule.exportTo();
    return exports.isEmpty()
        || exports.contains("*")
        || exports.contains(namespace)
        || (exports.contains(".") && rule.namespace().equals(namespace));
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
