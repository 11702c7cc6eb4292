package dev.lintel.policy;

import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.resource.LabelSelector;
import dev.lintel.rule.Action;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What becomes weaker where overrides are added, changed, removed or put in another order. Which
 * namespaces there will be cannot be known, so an override that may let something through that was
 * held back is told, even if no namespace is affected today.
 */
final class OverrideDiff {

  private final Policy old;
  private final Policy now;
  private final RuleCatalogue catalogue;

  OverrideDiff(Policy old, Policy now, RuleCatalogue catalogue) {
    this.old = old;
    this.now = now;
    this.catalogue = catalogue;
  }

  /** Says what the change of overrides means; anything may be denied by it that was not before. */
  Change change() {
    return now.overrides().equals(old.overrides())
        ? Change.NONE
        : Change.weaker(loosened()).stricterIf(true);
  }

  private List<String> loosened() {
    Set<NamespaceOverride> before = new HashSet<>(old.overrides());
    Set<NamespaceOverride> after = new HashSet<>(now.overrides());
    List<String> changes = new ArrayList<>();
    Map<Scope, NamespaceOverride> changed = scopes(old.overrides(), after);
    now.overrides().stream()
        .filter(override -> !before.contains(override))
        .filter(override -> weakens(override, changed.get(Scope.of(override))))
        .forEach(override -> changes.add(spoken(override)));
    Map<Scope, NamespaceOverride> kept = scopes(now.overrides(), Set.of());
    old.overrides().stream()
        .filter(override -> !kept.containsKey(Scope.of(override)))
        .filter(this::held)
        .forEach(override -> changes.add("no longer " + spoken(override)));
    if (isReordered(before, after)) {
      changes.add("overrides stand in another order, and of several that fit the last counts");
    }
    return changes;
  }

  /** The namespaces that an override is for. */
  private record Scope(List<Glob> namespaces, Optional<LabelSelector> selector) {
    static Scope of(NamespaceOverride override) {
      return new Scope(override.namespaces(), override.selector());
    }
  }

  private static Map<Scope, NamespaceOverride> scopes(
      List<NamespaceOverride> overrides, Set<NamespaceOverride> without) {
    Map<Scope, NamespaceOverride> scopes = new HashMap<>();
    for (NamespaceOverride override : overrides) {
      if (!without.contains(override)) {
        scopes.put(Scope.of(override), override);
      }
    }
    return scopes;
  }

  /** Compared with what it takes the place of; else with the document and what may hold there. */
  private boolean weakens(NamespaceOverride override, @Nullable NamespaceOverride earlier) {
    if (earlier != null) {
      return isLess(
              override.enforcement().orElse(now.enforcement()),
              earlier.enforcement().orElse(old.enforcement()))
          || codes(override, earlier).stream()
              .anyMatch(code -> isLess(asked(now, override, code), asked(old, earlier, code)));
    }
    return override.enforcement().filter(e -> isLess(e, now.enforcement())).isPresent()
        || override.actions().entrySet().stream()
            .anyMatch(entry -> isLess(entry.getValue(), loudest(now, override, entry.getKey())));
  }

  /** Tells whether an override asked for more than the document or another override does now. */
  private boolean held(NamespaceOverride override) {
    boolean lifts =
        override.enforcement().isPresent()
            && now.overrides().stream()
                .anyMatch(
                    other ->
                        other.enforcement().isPresent()
                            && isLess(other.enforcement().get(), override.enforcement().get()));
    return lifts
        || override.actions().entrySet().stream()
            .anyMatch(entry -> isLess(quietest(now, entry.getKey()), entry.getValue()));
  }

  /** What is there before and after must have kept its order. */
  private boolean isReordered(Set<NamespaceOverride> before, Set<NamespaceOverride> after) {
    List<NamespaceOverride> then = old.overrides().stream().filter(after::contains).toList();
    List<NamespaceOverride> since = now.overrides().stream().filter(before::contains).toList();
    return !then.equals(since);
  }

  private static Set<String> codes(NamespaceOverride one, NamespaceOverride other) {
    Set<String> codes = new HashSet<>(one.actions().keySet());
    codes.addAll(other.actions().keySet());
    return codes;
  }

  private Action asked(Policy policy, NamespaceOverride override, String code) {
    return override.actions().getOrDefault(code, asked(policy, code));
  }

  private Action asked(Policy policy, String code) {
    return catalogue.find(code).map(rule -> policy.asked(rule.info())).orElse(Action.OFF);
  }

  private Action loudest(Policy policy, NamespaceOverride than, String code) {
    Action loudest = asked(policy, code);
    for (NamespaceOverride other : policy.overrides()) {
      if (!other.equals(than)) {
        Action action = other.actions().getOrDefault(code, loudest);
        loudest = action.compareTo(loudest) > 0 ? action : loudest;
      }
    }
    return loudest;
  }

  private Action quietest(Policy policy, String code) {
    Action quietest = asked(policy, code);
    for (NamespaceOverride other : policy.overrides()) {
      quietest = quietest.atMost(other.actions().getOrDefault(code, quietest));
    }
    return quietest;
  }

  private static boolean isLess(Action action, Action than) {
    return action.compareTo(than) < 0;
  }

  private static String spoken(NamespaceOverride override) {
    List<String> what = new ArrayList<>();
    override.enforcement().ifPresent(action -> what.add("enforcement " + action.word()));
    new TreeMap<>(override.actions())
        .forEach((code, action) -> what.add(code + " " + action.word()));
    String where =
        override.namespaces().isEmpty()
            ? "namespaces with certain labels"
            : "namespaces "
                + String.join(", ", override.namespaces().stream().map(Glob::text).toList());
    return "in %s: %s"
        .formatted(where, what.isEmpty() ? "nothing particular" : String.join(", ", what));
  }
}
