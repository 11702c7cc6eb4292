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
   * stands alone as well.
   */
  static List<MergedRules> of(Stream<DestinationRule> rules) {
    List<MergedRules> merged = new ArrayList<>();
    rules.sorted(SELECTORS_FIRST).forEach(rule -> add(merged, rule));
    return List.copyOf(merged);
  }

  private static void add(List<MergedRules> merged, DestinationRule rule) {
    boolean joined = false;
    for (int i = 0; i < merged.size(); i++) {
      joined = merged.get(i).admits(rule);
      if (joined) {
        merged.set(i, merged.get(i).with(rule));
      }
    }
    if (!joined) {
      merged.add(new MergedRules(exportsOf(rule), List.of(rule)));
    }
  }

  private boolean admits(DestinationRule rule) {
    Set<String> others = exportsOf(rule);
    boolean isWide = others.equals(exports) || (!exports.isEmpty() && others.containsAll(exports));
    return isWide && rule.workloadSelector().equals(rules.getFirst().workloadSelector());
  }

  private MergedRules with(DestinationRule rule) {
    List<DestinationRule> more = new ArrayList<>(rules);
    more.add(rule);
    return new MergedRules(exports, more);
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

  /** Returns the policy of several that stand alone: the newest without a selector wins. */
  static Optional<DestinationRule> policyOf(List<MergedRules> merged) {
    return merged.reversed().stream()
        .filter(rules -> !rules.hasSelector())
        .findFirst()
        .map(MergedRules::policy);
  }

  private static Set<String> exportsOf(DestinationRule rule) {
    return rule.workloadSelector().isPresent() ? Set.of(".") : Set.copyOf(rule.exportTo());
  }
}
