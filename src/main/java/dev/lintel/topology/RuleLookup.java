package dev.lintel.topology;

import dev.lintel.mesh.HostName;
import dev.lintel.mesh.Platform;
import dev.lintel.resource.DestinationRule;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
    if (merged.size() < 2) {
      return merged.isEmpty() ? List.of() : merged.getFirst().rules();
    }
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
   * Returns the rule at which the search ended: one that a waypoint may apply, else one that it may
   * not, for its selector; empty if nothing matches.
   */
  Optional<DestinationRule> endsAt() {
    List<DestinationRule> found = rules();
    return found.stream()
        .filter(rule -> rule.workloadSelector().isEmpty())
        .findFirst()
        .or(() -> found.stream().findFirst());
  }

  /** Returns the namespaces in which istiod looks for rules of a host, in their order. */
  static List<String> searched(Topology topology, String proxyNamespace, Backend backend) {
    return Stream.of(proxyNamespace, backend.namespace(), topology.platform().rootNamespace())
        .distinct()
        .toList();
  }

  /**
   * Returns the rule whose destination-level policy counts for proxies of a namespace among the
   * rules that share a rule's namespace and host; empty if they see none of them.
   */
  static Optional<DestinationRule> policyAmongSiblings(
      Topology topology, DestinationRule rule, String proxyNamespace) {
    HostName host = topology.rules().hostOf(rule);
    return topology
        .answers()
        .once(
            new Question.OfSiblings(host, rule.namespace(), proxyNamespace),
            () -> policyAmong(topology, host, rule.namespace(), proxyNamespace));
  }

  private static Optional<DestinationRule> policyAmong(
      Topology topology, HostName host, String namespace, String proxyNamespace) {
    Search search = new Search(topology, host, proxyNamespace);
    List<MergedRules> seen =
        proxyNamespace.equals(namespace)
            ? search.merged(host, namespace, search.isLocal())
            : List.of();
    return MergedRules.policyOf(seen.isEmpty() ? search.exported(host, namespace) : seen);
  }

  /**
   * Returns the rule of the same namespace and host whose policy takes the place of a rule's
   * wherever the rule is exported to: in its own namespace, in those that one of them names, and
   * elsewhere.
   */
  static Optional<DestinationRule> displacedBy(Topology topology, DestinationRule rule) {
    List<DestinationRule> siblings =
        topology.rules().withHost(topology.rules().hostOf(rule), rule.namespace());
    if (siblings.size() < 2) {
      return Optional.empty();
    }
    Optional<DestinationRule> first = Optional.empty();
    for (String namespace : audiences(topology, rule, siblings)) {
      Optional<DestinationRule> winner = policyAmongSiblings(topology, rule, namespace);
      if (winner.filter(rule::equals).isPresent()) {
        return Optional.empty();
      }
      first = first.or(() -> winner);
    }
    return first;
  }

  /** The namespaces that may tell the siblings apart, as far as the rule is exported to them. */
  private static Set<String> audiences(
      Topology topology, DestinationRule rule, List<DestinationRule> siblings) {
    Set<String> namespaces = new LinkedHashSet<>(List.of(rule.namespace(), ELSEWHERE));
    siblings.forEach(sibling -> namespaces.addAll(sibling.exportTo()));
    topology.work(namespaces.size());
    boolean isEverywhere = isPublic(rule);
    boolean isAtHomeOnly = isPrivate(rule);
    Set<String> own = isAtHomeOnly ? Set.of() : new LinkedHashSet<>(rule.exportTo());
    boolean isAtHome = isAtHomeOnly || own.contains(".");
    Set<String> audiences = new LinkedHashSet<>();
    for (String namespace : namespaces) {
      boolean isHome = isAtHome && namespace.equals(rule.namespace());
      if (isEverywhere || isHome || own.contains(namespace)) {
        audiences.add(namespace);
      }
      if (audiences.size() == Limits.AUDIENCES) {
        topology
            .answers()
            .cut(
                "the rules beside it for its host are exported to %,d namespaces; %,d were looked at"
                    .formatted(namespaces.size(), Limits.AUDIENCES));
        break;
      }
    }
    return audiences;
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
          .filter(pattern -> in(pattern, namespace).stream().anyMatch(rule -> !isPrivate(rule)))
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
      return MergedRules.of(topology, in(pattern, namespace).stream().filter(accepts));
    }

    /** In the root namespace only private rules are looked at first. */
    Predicate<DestinationRule> isLocal() {
      return proxyNamespace.equals(topology.platform().rootNamespace())
          ? RuleLookup::isPrivate
          : rule -> RuleLookup.isExportedTo(rule, proxyNamespace);
    }

    private List<DestinationRule> in(HostName pattern, String namespace) {
      return topology.rules().withHost(pattern, namespace);
    }

    private Stream<HostName> hosts() {
      return Stream.concat(Stream.of(host), host.wildcards().stream());
    }
  }
}
