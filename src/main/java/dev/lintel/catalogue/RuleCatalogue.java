package dev.lintel.catalogue;

import dev.lintel.resource.Kind;
import dev.lintel.rule.Rule;
import dev.lintel.rule.controlplane.ControlPlaneRules;
import dev.lintel.rule.destinationrule.DestinationRuleRules;
import dev.lintel.rule.gateway.GatewayRules;
import dev.lintel.rule.knowndefect.KnownDefectRules;
import dev.lintel.rule.multicluster.MulticlusterRules;
import dev.lintel.rule.route.RouteRules;
import dev.lintel.rule.serviceentry.ServiceEntryRules;
import dev.lintel.rule.servicescope.ServiceScopeRules;
import dev.lintel.rule.trafficdistribution.TrafficDistributionRules;
import dev.lintel.rule.waypoint.WaypointRules;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Every rule, found by code or name. */
public final class RuleCatalogue {

  private final List<Rule> rules;
  private final Map<String, Rule> byCodeOrName;
  private final Map<Kind, List<Rule>> bySubject;
  private final Map<String, List<Rule>> stronger;

  /**
   * Creates a catalogue.
   *
   * @throws IllegalArgumentException if two rules share a code or a name, if one yields to a rule
   *     that is not there, or if rules yield to each other in a circle
   */
  public RuleCatalogue(List<Rule> rules) {
    this.rules = rules.stream().sorted(Comparator.comparing(rule -> rule.info().code())).toList();
    this.byCodeOrName = index(this.rules);
    this.bySubject = bySubject(this.rules);
    this.stronger = stronger();
    this.rules.forEach(rule -> follow(rule, new LinkedHashSet<>()));
  }

  /** Goes from a rule to those that it yields to, which must exist and not lead back to it. */
  private void follow(Rule rule, Set<String> passed) {
    String code = rule.info().code();
    if (!passed.add(code)) {
      throw new IllegalArgumentException("rules yield to each other: " + passed);
    }
    strongerThan(rule).forEach(stronger -> follow(stronger, passed));
    passed.remove(code);
  }

  /** Returns the rules that a rule of the catalogue yields to. */
  public List<Rule> strongerThan(Rule rule) {
    return stronger.getOrDefault(rule.info().code(), List.of());
  }

  private Map<String, List<Rule>> stronger() {
    Map<String, List<Rule>> found = new HashMap<>();
    for (Rule rule : rules) {
      found.put(
          rule.info().code(), rule.info().yieldsTo().stream().map(c -> stronger(rule, c)).toList());
    }
    return Map.copyOf(found);
  }

  private Rule stronger(Rule rule, String code) {
    return find(code)
        .orElseThrow(
            () -> new IllegalArgumentException(rule + " yields to an unknown rule: " + code));
  }

  /** Returns the catalogue of all rules. */
  public static RuleCatalogue complete() {
    return new RuleCatalogue(
        Stream.of(
                ControlPlaneRules.all(),
                DestinationRuleRules.all(),
                GatewayRules.all(),
                KnownDefectRules.all(),
                MulticlusterRules.all(),
                RouteRules.all(),
                ServiceEntryRules.all(),
                ServiceScopeRules.all(),
                TrafficDistributionRules.all(),
                WaypointRules.all())
            .flatMap(List::stream)
            .toList());
  }

  /** Returns every rule, by code. */
  public List<Rule> rules() {
    return rules;
  }

  /** Returns the rules that judge objects of a kind, by code. */
  public List<Rule> rulesFor(Kind kind) {
    return bySubject.getOrDefault(kind, List.of());
  }

  /** Finds a rule by its code or its name. */
  public Optional<Rule> find(String codeOrName) {
    return Optional.ofNullable(byCodeOrName.get(codeOrName));
  }

  private static Map<String, Rule> index(List<Rule> rules) {
    Map<String, Rule> index = new HashMap<>();
    for (Rule rule : rules) {
      for (String key : List.of(rule.info().code(), rule.info().name())) {
        if (index.put(key, rule) != null) {
          throw new IllegalArgumentException("two rules are called " + key);
        }
      }
    }
    return Map.copyOf(index);
  }

  private static Map<Kind, List<Rule>> bySubject(List<Rule> rules) {
    Map<Kind, List<Rule>> index = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      index.put(kind, rules.stream().filter(r -> r.info().subjects().contains(kind)).toList());
    }
    return Map.copyOf(index);
  }
}
