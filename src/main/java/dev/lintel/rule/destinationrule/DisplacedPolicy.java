package dev.lintel.rule.destinationrule;

import dev.lintel.resource.DestinationRule;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.OfRule;
import dev.lintel.rule.destinationrule.Readings.AtHost;
import dev.lintel.topology.Proxy;
import dev.lintel.topology.RuleReaders;
import dev.lintel.topology.RuleReading.Displaced;
import dev.lintel.topology.Topology;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
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
    if (rule.trafficPolicy().isEmpty() || rule.workloadSelector().isPresent()) {
      return Stream.empty();
    }
    Optional<DestinationRule> everywhere =
        isForKgatewayOnly(subject) ? Optional.empty() : topology.rules().displacedBy(rule);
    Map<DestinationRule, List<Proxy>> byWinner = new LinkedHashMap<>();
    everywhere.ifPresent(winner -> byWinner.put(winner, new ArrayList<>()));
    Readings.of(subject, Displaced.class)
        .map(AtHost::reading)
        .filter(
            found ->
                found.proxy() instanceof Proxy.Kgateway ? found.wouldApply() : everywhere.isEmpty())
        .forEach(
            found ->
                byWinner.computeIfAbsent(found.by(), by -> new ArrayList<>()).add(found.proxy()));
    return byWinner.entrySet().stream()
        .filter(found -> !found.getKey().trafficPolicy().equals(rule.trafficPolicy()))
        .map(
            found ->
                finding(
                    subject,
                    found.getKey(),
                    everywhere.filter(found.getKey()::equals).isPresent(),
                    found.getValue()));
  }

  /** Names the waypoints where there are no other proxies that istiod feeds. */
  private static Stream<String> spokenIstiodProxies(OfRule subject) {
    List<String> waypoints =
        subject.readers().stream()
            .flatMap(readers -> readers.waypoints().stream())
            .map(waypoint -> "waypoint " + waypoint.key())
            .distinct()
            .toList();
    boolean isForWaypoints =
        !waypoints.isEmpty() && subject.readers().stream().noneMatch(RuleReaders::istiodClients);
    return isForWaypoints ? waypoints.stream() : Stream.of("istiod");
  }

  /** Tells whether kgateway alone looks for the host's rules, and no proxy fed by istiod does. */
  private static boolean isForKgatewayOnly(OfRule subject) {
    return subject.readers().stream().noneMatch(RuleReaders::mayBeReadByIstiodProxies)
        && Readings.isOvertaken(subject);
  }

  private static Finding finding(
      OfRule subject, DestinationRule winner, boolean isEverywhere, List<Proxy> proxies) {
    Stream<String> atIstiod = isEverywhere ? spokenIstiodProxies(subject) : Stream.empty();
    boolean isOlder =
        winner.metadata().created().isBefore(subject.metadata().created())
            || winner.metadata().created().equals(subject.metadata().created());
    Finding found =
        Finding.at(PlacedPolicy.DESTINATION)
            .says(
                "%s for the same host takes the place of this trafficPolicy at %s",
                (isOlder ? "the older " : "the newer ") + winner.ref().spoken(),
                Stream.concat(atIstiod, proxies.stream().map(Proxy::spoken))
                    .distinct()
                    .collect(Collectors.joining(" and ")))
            .because(
                "istiod joins the subsets of rules with one host in one namespace, but keeps one"
                    + " trafficPolicy: the oldest, or the newest where the rules are exported to"
                    + " different namespaces. kgateway takes the oldest rule of any namespace that"
                    + " is exported to everyone, and merges nothing.")
            .fix("%s", fix(subject, winner))
            .about(winner)
            .with(winner);
    for (Proxy proxy : proxies) {
      found = found.with(proxy.object().orElseThrow());
    }
    return found;
  }

  private static String fix(OfRule subject, DestinationRule winner) {
    return winner.namespace().equals(subject.metadata().namespace())
        ? "merge the two into one rule"
        : "merge the two into one rule, or export one of them to fewer namespaces";
  }
}
