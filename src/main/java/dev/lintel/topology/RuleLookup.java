package dev.lintel.topology;

import dev.lintel.mesh.HostName;
import dev.lintel.mesh.Platform;
import dev.lintel.resource.DestinationRule;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What istiod finds for a backend on behalf of a proxy: the first of three namespaces with a match
 * wins, and in it the most specific host (docs/domain.md, 2.1).
 */
public final class RuleLookup {

  /** Stands for any namespace that no rule names. */
  private static final String ELSEWHERE = "";

  private final List<MergedRules> merged;

  private RuleLookup(List<MergedRules> merged) {
    this.merged = merged;
  }

  static RuleLookup of(Topology topology, String proxyNamespace, Backend backend) {
    Platform platform = topology.platform();
    Search search = new Search(topology, backend.host(), proxyNamespace);
    List<MergedRules> found = search.own();
    if (found.isEmpty()) {
      found = search.exported(backend.namespace());
    }
    if (found.isEmpty()) {
      found = search.exported(platform.rootNamespace());
    }
    return new RuleLookup(found);
  }

  /**
   * Returns the rules with that host in that namespace; empty if nothing matches. All of them are
   * consulted, though one of them may displace what another says.
   */
  public List<DestinationRule> rules() {
    return merged.stream()
        .flatMap(rules -> rules.rules().stream())
        .distinct()
        .sorted(Ages.oldestFirst())
        .toList();
  }

  /**
   * Returns the rule whose destination-level policy a waypoint applies: selectors do not count
   * there, merged rules leave it to the oldest, and of several that stay separate the newest wins.
   */
  public Optional<DestinationRule> policyAtWaypoint() {
    return MergedRules.policyOf(merged);
  }

  /**
   * Returns the rule whose destination-level policy counts for proxies of a namespace among the
   * rules that share a rule's namespace and host; empty if they see none of them.
   */
  static Optional<DestinationRule> policyAmongSiblings(
      Topology topology, DestinationRule rule, String proxyNamespace) {
    HostName host = topology.hostOf(rule);
    Search search = new Search(topology, host, proxyNamespace);
    List<MergedRules> seen =
        proxyNamespace.equals(rule.namespace())
            ? search.merged(host, rule.namespace(), search.isLocal())
            : List.of();
    return MergedRules.policyOf(seen.isEmpty() ? search.exported(host, rule.namespace()) : seen);
  }

  /**
   * Returns the rule of the same namespace and host whose policy takes the place of a rule's
   * wherever the rule is exported to: in its own namespace, in those that one of them names, and
   * elsewhere.
   */
  static Optional<DestinationRule> displacedBy(Topology topology, DestinationRule rule) {
    List<DestinationRule> siblings =
        topology.rulesWithHost(topology.hostOf(rule)).inNamespace(rule.namespace()).toList();
    if (siblings.size() < 2) {
      return Optional.empty();
    }
    List<Optional<DestinationRule>> winners =
        Stream.concat(
                Stream.of(rule.namespace(), ELSEWHERE),
                siblings.stream().flatMap(sibling -> sibling.exportTo().stream()))
            .distinct()
            .filter(namespace -> isExportedTo(rule, namespace))
            .map(namespace -> policyAmongSiblings(topology, rule, namespace))
            .toList();
    return winners.stream().anyMatch(winner -> winner.filter(rule::equals).isPresent())
        ? Optional.empty()
        : winners.stream().flatMap(Optional::stream).findFirst();
  }

  /** Tells whether a rule is visible to proxies of a namespace. */
  public static boolean isExportedTo(DestinationRule rule, String namespace) {
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

  @Override
  public boolean equals(Object other) {
    return other instanceof RuleLookup lookup && merged.equals(lookup.merged);
  }

  @Override
  public int hashCode() {
    return merged.hashCode();
  }

  @Override
  public String toString() {
    return "RuleLookup" + merged;
  }

  private record Search(Topology topology, HostName host, String proxyNamespace) {

    /** Returns what the proxy's own namespace has for the most specific host. */
    List<MergedRules> own() {
      return hosts()
          .map(pattern -> merged(pattern, proxyNamespace, isLocal()))
          .filter(found -> !found.isEmpty())
          .findFirst()
          .orElse(List.of());
    }

    /**
     * Returns what a namespace exports to the proxy. The most specific host is chosen before it is
     * asked whether it is exported to this proxy, so a rule for others can hide a wider one for
     * everyone.
     */
    List<MergedRules> exported(String namespace) {
      return hosts()
          .filter(pattern -> in(pattern, namespace).anyMatch(rule -> !isPrivate(rule)))
          .findFirst()
          .map(pattern -> exported(pattern, namespace))
          .orElse(List.of());
    }

    List<MergedRules> exported(HostName pattern, String namespace) {
      return merged(pattern, namespace, rule -> !isPrivate(rule)).stream()
          .filter(rules -> rules.isExportedTo(proxyNamespace))
          .toList();
    }

    List<MergedRules> merged(
        HostName pattern, String namespace, Predicate<DestinationRule> accepts) {
      return MergedRules.of(in(pattern, namespace).filter(accepts));
    }

    /** In the root namespace only private rules are looked at first. */
    Predicate<DestinationRule> isLocal() {
      return proxyNamespace.equals(topology.platform().rootNamespace())
          ? RuleLookup::isPrivate
          : rule -> RuleLookup.isExportedTo(rule, proxyNamespace);
    }

    private Stream<DestinationRule> in(HostName pattern, String namespace) {
      return topology.rulesWithHost(pattern).inNamespace(namespace);
    }

    private Stream<HostName> hosts() {
      return Stream.concat(Stream.of(host), host.wildcards().stream());
    }
  }
}
