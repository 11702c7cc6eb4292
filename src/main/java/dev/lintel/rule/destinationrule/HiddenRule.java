package dev.lintel.rule.destinationrule;

import dev.lintel.mesh.HostName;
import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.Gateway;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.OfRule;
import dev.lintel.topology.RuleLookup;
import dev.lintel.topology.RuleReaders;
import dev.lintel.topology.Topology;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A rule that a proxy would read, did it not stop at another one first. At a waypoint the namespace
 * counts before the host; at kgateway rules for everyone come first.
 *
 * <p>Restricted: a DestinationRule whose host another rule covers that is found earlier. Allowed:
 * to be a default, where a rule with a more specific host takes its place (docs/domain.md, 2.1 and
 * 4.4).
 */
final class HiddenRule {

  static final Rule RULE =
      Rule.warns("DR-006", "destination-rule-hidden")
          .summary("A proxy finds another DestinationRule for the host first")
          .reads(Reads.RULE_READERS)
          .ofDestinationRules(HiddenRule::judge);

  private HiddenRule() {}

  private static Stream<Finding> judge(Topology topology, OfRule subject) {
    Map<Hiding, Finding> findings = new LinkedHashMap<>();
    hidings(topology, subject)
        .forEach(hiding -> findings.putIfAbsent(hiding.once(), finding(subject, hiding)));
    return findings.values().stream();
  }

  /** Tells whether another rule keeps some proxy from reading this one. */
  static boolean concerns(Topology topology, OfRule subject) {
    return hidings(topology, subject).findAny().isPresent();
  }

  private static Stream<Hiding> hidings(Topology topology, OfRule subject) {
    DestinationRule rule = subject.resource();
    return subject.readers().stream()
        .flatMap(
            readers ->
                Stream.concat(
                    atWaypoints(topology, rule, readers), atGateways(topology, rule, readers)));
  }

  private static Stream<Hiding> atWaypoints(
      Topology topology, DestinationRule rule, RuleReaders readers) {
    if (rule.workloadSelector().isPresent() || RuleReaders.isDefaultOfAll(topology, rule)) {
      return Stream.empty();
    }
    return readers.otherWaypoints().stream()
        .filter(waypoint -> Readings.isSearched(topology, rule, waypoint, readers.backend()))
        .filter(waypoint -> RuleLookup.isExportedTo(rule, waypoint.namespace()))
        .flatMap(
            waypoint ->
                hiderAtWaypoint(topology, rule, readers, waypoint)
                    .map(other -> new Hiding(waypoint, other, readers.backend().host(), true))
                    .stream());
  }

  /** What is more specific and applied in this one's place is an exception to a default. */
  private static Optional<DestinationRule> hiderAtWaypoint(
      Topology topology, DestinationRule rule, RuleReaders readers, Gateway waypoint) {
    List<DestinationRule> found =
        topology.lookUpRule(waypoint.namespace(), readers.backend()).rules();
    Optional<DestinationRule> applied =
        found.stream().filter(other -> other.workloadSelector().isEmpty()).findFirst();
    if (applied.isPresent()) {
      return applied.filter(
          other -> !topology.hostOf(other).isMoreSpecificThan(topology.hostOf(rule)));
    }
    return found.stream()
        .findFirst()
        .or(() -> exportedElsewhere(topology, rule, readers, waypoint));
  }

  /** Returns the rule with the more specific host that is chosen, and then not exported here. */
  private static Optional<DestinationRule> exportedElsewhere(
      Topology topology, DestinationRule rule, RuleReaders readers, Gateway waypoint) {
    return topology
        .rulesCovering(readers.backend().host(), rule.namespace())
        .filter(other -> !RuleLookup.isExportedTo(other, waypoint.namespace()))
        .filter(other -> topology.hostOf(other).isMoreSpecificThan(topology.hostOf(rule)))
        .max(
            Comparator.<DestinationRule>comparingInt(
                    other -> topology.hostOf(other).value().length())
                .thenComparing(DestinationRule::name));
  }

  private static Stream<Hiding> atGateways(
      Topology topology, DestinationRule rule, RuleReaders readers) {
    return readers.legs().stream()
        .filter(reading -> !Readings.isForEveryone(rule) && Readings.wouldApply(reading))
        .map(reading -> reading.leg().gateway())
        .flatMap(
            gateway ->
                topology.ruleAtKgateway(gateway, readers.backend()).stream()
                    .filter(Readings::isForEveryone)
                    .map(other -> new Hiding(gateway, other, readers.backend().host(), false)));
  }

  private static Finding finding(OfRule subject, Hiding hiding) {
    String other = "%s (`%s`)".formatted(hiding.other.ref().spoken(), hiding.other.host());
    Finding found =
        hiding.isAtWaypoint
            ? atWaypoint(subject, hiding, other)
            : Finding.at(FieldPath.HOST)
                .says(
                    "%s applies %s to %s instead of this rule: that one is exported to everyone",
                    hiding.proxy.ref().spoken(), other, hiding.host)
                .because(
                    "kgateway takes the oldest rule that is exported to everyone, from any"
                        + " namespace. Only if there is none does it look at rules that are"
                        + " exported to the Gateway's namespace, and it merges nothing.")
                .fix("merge the two, or export that rule to fewer namespaces");
    return found.about(hiding.other).about(hiding.proxy);
  }

  private static Finding atWaypoint(OfRule subject, Hiding hiding, String other) {
    boolean isApplied =
        hiding.other.workloadSelector().isEmpty()
            && RuleLookup.isExportedTo(hiding.other, hiding.proxy.namespace());
    String says =
        isApplied
            ? "waypoint %s applies %s to %s instead of this rule"
            : "waypoint %s stops at %s for %s, which it may not apply, and does not find this rule";
    return Finding.at(FieldPath.HOST)
        .says("%s", says.formatted(hiding.proxy.key(), other, hiding.host))
        .because(
            "For a waypoint istiod looks in the waypoint's namespace, then in the Service's, then"
                + " in the root namespace, and stops at the first that has a rule, be it a"
                + " wildcard. Rules of different namespaces are not merged. Within a namespace the"
                + " most specific host is chosen before it is asked whether the rule is exported to"
                + " the waypoint, or has a selector.")
        .fix("%s", fix(subject, hiding, isApplied));
  }

  private static String fix(OfRule subject, Hiding hiding, boolean isApplied) {
    if (!isApplied) {
      return hiding.other.workloadSelector().isPresent()
          ? "remove its workloadSelector, or merge the two"
          : "export that rule to namespace `%s` as well, or merge the two"
              .formatted(hiding.proxy.namespace());
    }
    return hiding.other.namespace().equals(subject.metadata().namespace())
        ? "merge the two"
        : "move this rule to namespace `%s` or merge the two".formatted(hiding.other.namespace());
  }

  /**
   * A rule that is found first.
   *
   * @param proxy the waypoint or Gateway that finds it
   * @param other the rule
   * @param host the host for which
   * @param isAtWaypoint whether the proxy is a waypoint
   */
  private record Hiding(Gateway proxy, DestinationRule other, HostName host, boolean isAtWaypoint) {

    /** A wildcard is said once to be hidden, not for each of its hosts. */
    Hiding once() {
      return new Hiding(proxy, other, new HostName("*"), isAtWaypoint);
    }
  }
}
