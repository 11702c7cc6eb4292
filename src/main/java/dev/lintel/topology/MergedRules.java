package dev.lintel.topology;

import dev.lintel.resource.DestinationRule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Rules of one namespace for one host that istiod has merged into the oldest of them
 * (docs/domain.md, 2.1).
 *
 * @param exports whom the oldest is exported to, which decides for all of them; a workload selector
 *     makes it private
 * @param rules the rules, oldest first; never empty
 */
record MergedRules(Set<String> exports, List<DestinationRule> rules) {

  private static final Comparator<DestinationRule> SELECTORS_FIRST =
      Comparator.<DestinationRule, Boolean>comparing(rule -> rule.workloadSelector().isEmpty())
          .thenComparing(Ages.oldestFirst());

  /** Copies the collections, so that the record is immutable. */
  MergedRules {
    exports = Set.copyOf(exports);
    rules = List.copyOf(rules);
  }

  /**
   * Merges the rules of one namespace for one host. A rule joins every older one that is exported
   * to the same namespaces, or to some of them; unless it joined the last one that stands alone, it
   * stands alone as well. A private rule joins one with a selector, which is private too, and then
   * does not stand alone: whom the selector does not pick has lost it.
   */
  static List<MergedRules> of(Topology topology, Stream<DestinationRule> rules) {
    List<Merging> merging = new ArrayList<>();
    rules.sorted(SELECTORS_FIRST).forEach(rule -> add(topology, merging, rule));
    return merging.stream().map(Merging::done).toList();
  }

  private static void add(Topology topology, List<Merging> merging, DestinationRule rule) {
    Set<String> exports =
        topology.answers().once(new Question.OfExports(rule.ref()), () -> exportsOf(rule));
    topology.work(1 + exports.size() / 4 + merging.size() / 2);
    boolean isEnhanced = !topology.dialect().features().mergesByExport().isNo();
    boolean standsAlone = true;
    for (Merging group : merging) {
      boolean joins = group.selectsNoOthersThan(rule) && (!isEnhanced || group.isWithin(exports));
      if (joins) {
        group.rules.add(rule);
      }
      standsAlone =
          !joins || !(group.isSameSelector(rule) || (isEnhanced && group.exports.equals(exports)));
    }
    if (standsAlone) {
      merging.add(new Merging(exports, new ArrayList<>(List.of(rule))));
    }
  }

  /** Rules that are being merged. */
  private record Merging(Set<String> exports, List<DestinationRule> rules) {

    /** Tells whether others are exported to all of these namespaces; "everyone" is a set, too. */
    boolean isWithin(Set<String> others) {
      return exports.isEmpty()
          ? others.isEmpty()
          : exports.size() <= others.size() && others.containsAll(exports);
    }

    boolean isSameSelector(DestinationRule rule) {
      return rule.workloadSelector().equals(rules.getFirst().workloadSelector());
    }

    boolean selectsNoOthersThan(DestinationRule rule) {
      return rule.workloadSelector().isEmpty() || isSameSelector(rule);
    }

    MergedRules done() {
      return new MergedRules(exports, rules);
    }
  }

  /** Tells whether proxies of another namespace see the rules. */
  boolean isExportedTo(String namespace) {
    return exports.isEmpty() || exports.contains("*") || exports.contains(namespace);
  }

  boolean hasSelector() {
    return rules.getFirst().workloadSelector().isPresent();
  }

  /** Returns the rule whose destination-level policy counts: the oldest that has one. */
  DestinationRule policy() {
    return rules.stream()
        .filter(rule -> rule.trafficPolicy().isPresent())
        .findFirst()
        .orElse(rules.getFirst());
  }

  /**
   * Returns those of several that a proxy reads which no selector picks: the last that stand alone.
   * It consults the others for nothing, their subsets included.
   */
  static Optional<MergedRules> consulted(List<MergedRules> merged) {
    return merged.reversed().stream().filter(rules -> !rules.hasSelector()).findFirst();
  }

  /** Returns the policy of several that stand alone: the newest without a selector wins. */
  static Optional<DestinationRule> policyOf(List<MergedRules> merged) {
    return consulted(merged).map(MergedRules::policy);
  }

  private static Set<String> exportsOf(DestinationRule rule) {
    return rule.workloadSelector().isPresent() ? Set.of(".") : Set.copyOf(rule.exportTo());
  }
}
