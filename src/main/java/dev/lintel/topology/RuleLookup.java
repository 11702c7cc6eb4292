package dev.lintel.topology;

import dev.lintel.mesh.HostName;
import dev.lintel.mesh.Platform;
import dev.lintel.resource.DestinationRule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What istiod finds for a backend on behalf of a proxy: the first of three namespaces with a match
 * wins, and in it the most specific host (docs/domain.md, 2.1).
 *
 * @param rules the rules with that host in that namespace, oldest first; empty if nothing matches.
 *     All of them are consulted, though one of them may displace what another says.
 */
public record RuleLookup(List<DestinationRule> rules) {

  private static final RuleLookup NOTHING = new RuleLookup(List.of());

  /** Copies the list, so that the record is immutable. */
  public RuleLookup {
    rules = List.copyOf(rules);
  }

  static RuleLookup of(Topology topology, String proxyNamespace, Backend backend) {
    Platform platform = topology.platform();
    boolean atRoot = proxyNamespace.equals(platform.rootNamespace());
    Search search = new Search(topology, backend.host(), proxyNamespace);
    Predicate<DestinationRule> isLocal =
        atRoot ? RuleLookup::isPrivate : rule -> isExportedTo(rule, proxyNamespace);
    List<DestinationRule> own = search.mostSpecific(proxyNamespace, isLocal);
    if (!own.isEmpty()) {
      return new RuleLookup(own);
    }
    return search
        .exported(backend.namespace())
        .or(() -> search.exported(platform.rootNamespace()))
        .map(RuleLookup::new)
        .orElse(NOTHING);
  }

  /** Tells whether a rule is visible to proxies of a namespace. */
  static boolean isExportedTo(DestinationRule rule, String namespace) {
    if (isPrivate(rule)) {
      return rule.namespace().equals(namespace);
    }
    return isPublic(rule)
        || rule.exportTo().contains(namespace)
        || (rule.exportTo().contains(".") && rule.namespace().equals(namespace));
  }

  /** Tells whether a rule is exported to everyone. */
  static boolean isPublic(DestinationRule rule) {
    return rule.workloadSelector().isEmpty()
        && (rule.exportTo().isEmpty() || rule.exportTo().contains("*"));
  }

  /** Tells whether a rule is visible in its own namespace only; a selector makes it so. */
  static boolean isPrivate(DestinationRule rule) {
    return rule.workloadSelector().isPresent()
        || (!rule.exportTo().isEmpty()
            && rule.exportTo().stream()
                .allMatch(to -> to.equals(".") || to.equals(rule.namespace())));
  }

  /**
   * Returns the rule whose destination-level policy a waypoint applies: selectors do not count
   * there, rules with the same visibility are merged into the oldest, and of several that stay
   * separate the newest wins.
   */
  public Optional<DestinationRule> policyAtWaypoint() {
    List<Merged> merged = new ArrayList<>();
    for (DestinationRule rule : rules) {
      if (rule.workloadSelector().isEmpty()) {
        merge(merged, rule);
      }
    }
    return merged.isEmpty() ? Optional.empty() : merged.getLast().policy();
  }

  private static void merge(List<Merged> merged, DestinationRule rule) {
    Set<String> exports = new HashSet<>(rule.exportTo());
    for (Merged earlier : merged) {
      boolean same = earlier.exports.equals(exports);
      boolean wider = !earlier.exports.isEmpty() && exports.containsAll(earlier.exports);
      if (same || wider) {
        earlier.rules.add(rule);
        return;
      }
    }
    merged.add(new Merged(exports, new ArrayList<>(List.of(rule))));
  }

  private record Merged(Set<String> exports, List<DestinationRule> rules) {
    Optional<DestinationRule> policy() {
      return rules.stream()
          .filter(rule -> rule.trafficPolicy().isPresent())
          .findFirst()
          .or(() -> Optional.of(rules.getFirst()));
    }
  }

  private record Search(Topology topology, HostName host, String proxyNamespace) {

    /**
     * Returns the accepted rules of a namespace with the most specific host that covers the
     * backend's.
     */
    List<DestinationRule> mostSpecific(String namespace, Predicate<DestinationRule> accepts) {
      return Stream.concat(Stream.of(host), host.wildcards().stream())
          .map(
              pattern ->
                  topology
                      .rulesWithHost(pattern)
                      .inNamespace(namespace)
                      .filter(accepts)
                      .sorted(Ages.oldestFirst())
                      .toList())
          .filter(found -> !found.isEmpty())
          .findFirst()
          .orElse(List.of());
    }

    /**
     * Returns what a namespace exports to the proxy. The most specific host is chosen before it is
     * asked whether it is exported to this proxy, so a rule for others can hide a wider one for
     * everyone.
     */
    Optional<List<DestinationRule>> exported(String namespace) {
      List<DestinationRule> found =
          mostSpecific(namespace, rule -> !isPrivate(rule)).stream()
              .filter(rule -> isExportedTo(rule, proxyNamespace))
              .toList();
      return found.isEmpty() ? Optional.empty() : Optional.of(found);
    }
  }
}
