package dev.lintel.rule.destinationrule;

import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.Gateway;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.OfRule;
import dev.lintel.topology.RuleReaders;
import dev.lintel.topology.Topology;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A traffic policy that another rule for the same host takes the place of.
 *
 * <p>Restricted: {@code spec.trafficPolicy} of a DestinationRule while another one of the same
 * namespace and host, or at kgateway an older one of any namespace, is used instead. Allowed: rules
 * that bring subsets only, and rules that are exported to different proxies (docs/domain.md, 2.1
 * and 4.4).
 */
final class DisplacedPolicy {

  static final Rule RULE =
      Rule.warns("DR-020", "several-rules-for-one-host")
          .summary("Another DestinationRule for the host takes the place of this policy")
          .reads(Reads.RULE_READERS)
          .ofDestinationRules(DisplacedPolicy::judge);

  private DisplacedPolicy() {}

  private static Stream<Finding> judge(Topology topology, OfRule subject) {
    DestinationRule rule = subject.resource();
    return rule.trafficPolicy().isPresent() && rule.workloadSelector().isEmpty()
        ? displacements(topology, subject, rule).map(displacement -> finding(subject, displacement))
        : Stream.empty();
  }

  private static Stream<Displacement> displacements(
      Topology topology, OfRule subject, DestinationRule rule) {
    Map<DestinationRule, Displacement> byWinner = new LinkedHashMap<>();
    atIstiod(topology, subject, rule)
        .forEach(found -> byWinner.merge(found.winner(), found, Displacement::and));
    atKgateway(topology, subject, rule)
        .forEach(found -> byWinner.merge(found.winner(), found, Displacement::and));
    return byWinner.values().stream()
        .filter(found -> !found.winner().trafficPolicy().equals(rule.trafficPolicy()));
  }

  private static Stream<Displacement> atIstiod(
      Topology topology, OfRule subject, DestinationRule rule) {
    if (isForKgatewayOnly(subject)) {
      return Stream.empty();
    }
    Optional<DestinationRule> everywhere = topology.displacedBy(rule);
    if (everywhere.isPresent()) {
      return Stream.of(new Displacement(everywhere.get(), spokenIstiodProxies(subject), List.of()));
    }
    return subject.readers().stream()
        .flatMap(
            readers ->
                readers.waypoints().stream()
                    .filter(w -> !readers.applyingWaypoints().contains(w))
                    .flatMap(w -> atWaypoint(topology, rule, readers, w)));
  }

  /** Names the waypoints where there are no other proxies that istiod feeds. */
  private static List<String> spokenIstiodProxies(OfRule subject) {
    List<String> waypoints =
        subject.readers().stream()
            .flatMap(readers -> readers.waypoints().stream())
            .map(waypoint -> "waypoint " + waypoint.key())
            .distinct()
            .toList();
    boolean isForWaypoints =
        !waypoints.isEmpty() && subject.readers().stream().noneMatch(RuleReaders::istiodClients);
    return isForWaypoints ? waypoints : List.of("istiod");
  }

  private static Stream<Displacement> atWaypoint(
      Topology topology, DestinationRule rule, RuleReaders readers, Gateway waypoint) {
    return topology
        .lookUpRule(waypoint.namespace(), readers.backend())
        .policyAtWaypoint()
        .filter(winner -> !winner.equals(rule))
        .map(winner -> Displacement.at("waypoint " + waypoint.key(), waypoint, winner))
        .stream();
  }

  /** kgateway takes the oldest rule for everyone, whatever its namespace, and merges nothing. */
  private static Stream<Displacement> atKgateway(
      Topology topology, OfRule subject, DestinationRule rule) {
    return subject.readers().stream()
        .flatMap(
            readers ->
                readers.legs().stream()
                    .filter(Readings::wouldApply)
                    .map(reading -> reading.leg().gateway())
                    .flatMap(
                        gateway ->
                            topology.ruleAtKgateway(gateway, readers.backend()).stream()
                                .filter(winner -> !winner.equals(rule))
                                .filter(
                                    winner ->
                                        Readings.isForEveryone(winner)
                                            == Readings.isForEveryone(rule))
                                .map(
                                    winner ->
                                        Displacement.at(gateway.ref().spoken(), gateway, winner))));
  }

  /** Tells whether kgateway alone looks for the host's rules, and no proxy fed by istiod does. */
  private static boolean isForKgatewayOnly(OfRule subject) {
    return subject.readers().stream().noneMatch(RuleReaders::mayBeReadByIstiodProxies)
        && subject.readers().stream()
            .flatMap(readers -> readers.legs().stream())
            .anyMatch(reading -> reading.applies().isYes() || Readings.wouldApply(reading));
  }

  private static Finding finding(OfRule subject, Displacement displacement) {
    DestinationRule winner = displacement.winner();
    boolean isOlder =
        winner.metadata().created().isBefore(subject.metadata().created())
            || winner.metadata().created().equals(subject.metadata().created());
    Finding found =
        Finding.at(PlacedPolicy.DESTINATION)
            .says(
                "%s for the same host takes the place of this trafficPolicy at %s",
                (isOlder ? "the older " : "the newer ") + winner.ref().spoken(),
                String.join(" and ", displacement.readers()))
            .because(
                "istiod joins the subsets of rules with one host in one namespace, but keeps one"
                    + " trafficPolicy: the oldest, or the newest where the rules are exported to"
                    + " different namespaces. kgateway takes the oldest rule of any namespace that"
                    + " is exported to everyone, and merges nothing.")
            .fix("%s", fix(subject, winner))
            .about(winner)
            .with(winner);
    for (Gateway proxy : displacement.proxies()) {
      found = found.with(proxy);
    }
    return found;
  }

  private static String fix(OfRule subject, DestinationRule winner) {
    return winner.namespace().equals(subject.metadata().namespace())
        ? "merge the two into one rule"
        : "merge the two into one rule, or export one of them to fewer namespaces";
  }

  /**
   * A rule whose policy is used instead.
   *
   * @param winner the rule
   * @param readers who uses it, as a sentence names them
   * @param proxies the proxies among them
   */
  private record Displacement(DestinationRule winner, List<String> readers, List<Gateway> proxies) {

    static Displacement at(String reader, Gateway proxy, DestinationRule winner) {
      return new Displacement(winner, List.of(reader), List.of(proxy));
    }

    Displacement and(Displacement other) {
      List<String> more = new ArrayList<>(readers);
      other.readers.stream().filter(reader -> !more.contains(reader)).forEach(more::add);
      return new Displacement(
          winner,
          more,
          Stream.concat(proxies.stream(), other.proxies.stream()).distinct().toList());
    }
  }
}
