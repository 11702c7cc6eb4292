package dev.lintel.topology;

import dev.lintel.mesh.HostName;
import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.Kind;
import dev.lintel.resource.ServiceEntry;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tells which DestinationRules there are for a host, what they cover, and which of them each proxy
 * applies (docs/domain.md, 2.1, 4.4 and 8.3).
 */
public final class RulesView {

  private final Topology topology;
  private final Indexes indexes;
  private final Answers answers;

  RulesView(Topology topology, Indexes indexes, Answers answers) {
    this.topology = topology;
    this.indexes = indexes;
    this.answers = answers;
  }

  /**
   * Returns the ServiceEntries of a resolution with a host that a DestinationRule covers, oldest
   * first.
   */
  public List<ServiceEntry> entriesCoveredBy(DestinationRule rule, String resolution) {
    HostName host = hostOf(rule);
    Stream<ServiceEntry> found =
        host.isWildcard()
            ? indexes
                .entriesByResolution()
                .find(resolution)
                .filter(
                    entry -> entry.hosts().stream().anyMatch(own -> host.covers(new HostName(own))))
            : indexes
                .entriesByHost()
                .find(host)
                .filter(entry -> entry.resolution().equals(resolution));
    return found.sorted(Ages.oldestFirst()).toList();
  }

  /**
   * Returns the backends that a DestinationRule's host covers, at most {@code limit}.
   *
   * @param limit 1 or more
   */
  public List<Backend> backendsCoveredBy(DestinationRule rule, int limit) {
    return Hosts.covered(topology, indexes, hostOf(rule), limit);
  }

  /** Returns a rule's host as Istio resolves it. */
  public HostName hostOf(DestinationRule rule) {
    return HostName.resolve(rule.host(), rule.namespace(), topology.platform().clusterDomain());
  }

  /**
   * Returns the DestinationRules whose host, as Istio resolves it, covers a host; the most specific
   * first, and of those the oldest.
   */
  public Stream<DestinationRule> covering(HostName host) {
    return Stream.concat(Stream.of(host), host.wildcards().stream())
        .flatMap(pattern -> withHost(pattern).stream());
  }

  /** Returns those of them that are in a namespace, in the same order. */
  public Stream<DestinationRule> covering(HostName host, String namespace) {
    return Stream.concat(Stream.of(host), host.wildcards().stream())
        .flatMap(pattern -> withHost(pattern, namespace).stream());
  }

  private List<DestinationRule> withHost(HostName host) {
    Table<DestinationRule> rules = indexes.rulesByHost().get(host);
    return rules.isEmpty()
        ? List.of()
        : answers.once(
            new Question.OfAllRules(host),
            () ->
                Oldest.of(
                    rules.all(), Limits.RULES, answers, "DestinationRules have the host " + host));
  }

  /**
   * Returns the DestinationRules whose host, as Istio resolves it, lies below a wildcard; in no
   * order. Empty for a host that is none.
   */
  public Stream<DestinationRule> below(HostName wildcard) {
    return wildcard.value().equals("*")
        ? topology.<DestinationRule>look(Kind.DESTINATION_RULE).all()
        : indexes.rulesByWildcard().find(wildcard);
  }

  /**
   * Returns the DestinationRules of a namespace with exactly this host, as Istio resolves it,
   * oldest first.
   */
  List<DestinationRule> withHost(HostName host, String namespace) {
    Table<DestinationRule> rules = indexes.rulesByHost().get(host);
    int count = rules.sizeIn(namespace);
    if (count <= 1) {
      return count == 0 ? List.of() : rules.inNamespace(namespace).toList();
    }
    return answers.once(
        new Question.OfRules(host, namespace),
        () ->
            Oldest.of(
                rules.inNamespace(namespace),
                Limits.RULES,
                answers,
                "DestinationRules of namespace %s have the host %s".formatted(namespace, host)));
  }

  /** Returns the DestinationRules whose host is written exactly so, oldest first. */
  public List<DestinationRule> written(String literalHost) {
    Table<DestinationRule> rules = indexes.rulesByLiteralHost().get(literalHost);
    if (rules.isEmpty()) {
      return List.of();
    }
    return answers.once(
        new Question.OfWritten(literalHost),
        () ->
            Oldest.of(
                rules.all(),
                Limits.RULES,
                answers,
                "DestinationRules have the host " + literalHost));
  }

  /** Tells who reads a DestinationRule for a backend that its host covers (docs/domain.md, 8.3). */
  public RuleReaders readersOf(DestinationRule rule, Backend backend) {
    return RuleReaders.resolve(topology, rule, backend);
  }

  /**
   * Returns the host for which kgateway looks for DestinationRules when it sends to a backend: the
   * first of its entry's hosts, for which it takes them all (docs/domain.md, 4.5).
   */
  public String hostAtKgateway(Backend backend) {
    return Aliases.hostAtKgateway(topology, backend);
  }

  /**
   * Returns the rule that a kgateway Gateway's controller picks for a backend (docs/domain.md,
   * 4.4).
   */
  public Optional<DestinationRule> atKgateway(Gateway gateway, Backend backend) {
    return KgatewayRules.pick(topology, gateway, backend);
  }

  /** Returns the rule that a proxy driven by istiod applies to a backend (docs/domain.md, 2.1). */
  public RuleLookup lookUp(String proxyNamespace, Backend backend) {
    return answers.once(
        new Question.OfLookUp(proxyNamespace, backend.host(), backend.resource().ref()),
        () -> RuleLookup.of(topology, proxyNamespace, backend));
  }

  /**
   * Tells whether proxies of a namespace that istiod drives have rules for a backend: it is
   * exported to them (docs/domain.md, 2.1).
   */
  public boolean mayConcern(String proxyNamespace, Backend backend) {
    return Visibility.of(backend).isIn(proxyNamespace);
  }

  /**
   * Returns the rule whose destination-level policy counts for proxies of a namespace that are
   * driven by istiod, among the rules that share a rule's namespace and host (docs/domain.md, 2.1).
   *
   * @return empty if those proxies see none of them
   */
  public Optional<DestinationRule> policyAmongSiblings(
      DestinationRule rule, String proxyNamespace) {
    return RuleLookup.policyAmongSiblings(topology, rule, proxyNamespace);
  }

  /**
   * Returns the rule of the same namespace and host whose destination-level policy takes the place
   * of a rule's at every proxy driven by istiod (docs/domain.md, 2.1).
   *
   * @return empty if some proxies may use the rule's own policy
   */
  public Optional<DestinationRule> displacedBy(DestinationRule rule) {
    return RuleLookup.displacedBy(topology, rule);
  }

  /** Tells whether a rule is the default of the whole mesh, in whose place others may stand. */
  public boolean isDefaultOfAll(DestinationRule rule) {
    return RuleReaders.isDefaultOfAll(topology, rule);
  }

  /**
   * Returns what displaces the traffic distribution of a backend at a waypoint, on some port
   * (docs/domain.md, 1.3).
   *
   * @param rule the rule that the waypoint applies
   */
  public Optional<LocalityOverride> localityOverrideAtWaypoint(
      DestinationRule rule, Backend backend) {
    return LocalityOverride.atWaypoint(topology, rule, backend);
  }
}
