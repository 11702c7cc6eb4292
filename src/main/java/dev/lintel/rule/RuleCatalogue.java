package dev.lintel.rule;

import dev.lintel.resource.Kind;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Every rule, found by code or name. */
public final class RuleCatalogue {

  private final List<Rule> rules;
  private final Map<String, Rule> byCodeOrName;
  private final Map<Kind, List<Rule>> bySubject;

  /**
   * Creates a catalogue.
   *
   * @throws IllegalArgumentException if two rules share a code or a name
   */
  public RuleCatalogue(List<Rule> rules) {
    this.rules = rules.stream().sorted(Comparator.comparing(rule -> rule.info().code())).toList();
    this.byCodeOrName = index(this.rules);
    this.bySubject = bySubject(this.rules);
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
