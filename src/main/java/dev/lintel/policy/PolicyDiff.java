package dev.lintel.policy;

import dev.lintel.rule.Action;
import dev.lintel.rule.Rule;
import dev.lintel.rule.RuleCatalogue;
import dev.lintel.rule.RuleInfo;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a new policy changes for those who are judged by it. */
public final class PolicyDiff {

  private final Policy old;
  private final Policy now;
  private final RuleCatalogue catalogue;

  /**
   * Compares two policies.
   *
   * @param old the one in force
   * @param now the one that follows
   * @param catalogue the rules that there are
   */
  public PolicyDiff(Policy old, Policy now, RuleCatalogue catalogue) {
    this.old = old;
    this.now = now;
    this.catalogue = catalogue;
  }

  /** Says what becomes weaker, each as one sentence without a full stop; empty if nothing does. */
  public List<String> loosened() {
    List<String> changes = new ArrayList<>();
    if (now.enforcement().compareTo(old.enforcement()) < 0) {
      changes.add(
          "enforcement goes from %s to %s for every rule"
              .formatted(old.enforcement().word(), now.enforcement().word()));
    }
    for (Rule rule : catalogue.rules()) {
      Action before = asked(old, rule.info());
      Action after = asked(now, rule.info());
      if (after.compareTo(before) < 0) {
        changes.add(
            "rule %s (%s) goes from %s to %s"
                .formatted(rule.info().code(), rule.info().name(), before.word(), after.word()));
      }
    }
    added(old.overrides(), now.overrides()).stream()
        .filter(this::weakens)
        .forEach(override -> changes.add(spoken(override)));
    added(old.exemptions(), now.exemptions()).forEach(exemption -> changes.add(spoken(exemption)));
    addAdded(changes, "writes of user %s are not judged", old.ignoreUsers(), now.ignoreUsers());
    addAdded(changes, "writes of group %s are not judged", old.ignoreGroups(), now.ignoreGroups());
    addAdded(changes, "objects may exempt themselves from %s", old.annotated(), now.annotated());
    if (now.limits().dependents() < old.limits().dependents()) {
      changes.add(
          "only %d instead of %d other objects are looked at for one write"
              .formatted(now.limits().dependents(), old.limits().dependents()));
    }
    return List.copyOf(changes);
  }

  /** Tells whether anything may be denied that was not denied before. */
  public boolean tightens() {
    return now.enforcement().compareTo(old.enforcement()) > 0
        || catalogue.rules().stream()
            .anyMatch(rule -> asked(now, rule.info()).compareTo(asked(old, rule.info())) > 0)
        || !now.overrides().equals(old.overrides())
        || !now.exemptions().containsAll(old.exemptions())
        || !now.annotated().containsAll(old.annotated())
        || !now.platform().equals(old.platform());
  }

  private static Action asked(Policy policy, RuleInfo rule) {
    return policy.actions().getOrDefault(rule.code(), rule.defaultAction());
  }

  private boolean weakens(NamespaceOverride override) {
    return override.enforcement().filter(e -> e.compareTo(now.enforcement()) < 0).isPresent()
        || override.actions().entrySet().stream()
            .anyMatch(
                entry ->
                    catalogue
                        .find(entry.getKey())
                        .map(rule -> asked(now, rule.info()))
                        .filter(asked -> entry.getValue().compareTo(asked) < 0)
                        .isPresent());
  }

  private static String spoken(NamespaceOverride override) {
    List<String> what = new ArrayList<>();
    override.enforcement().ifPresent(action -> what.add("enforcement " + action.word()));
    new TreeMap<>(override.actions())
        .forEach((code, action) -> what.add(code + " " + action.word()));
    String where =
        override.namespaces().isEmpty()
            ? "namespaces with certain labels"
            : "namespaces " + joined(override.namespaces());
    return "in %s: %s".formatted(where, String.join(", ", what));
  }

  private static String spoken(Exemption exemption) {
    String rules =
        exemption.rules().isEmpty() ? "every rule" : joined(new TreeSet<>(exemption.rules()));
    String until = exemption.expires().map(day -> " until " + day).orElse(", without an end");
    return "%s exempt from %s%s: %s"
        .formatted(joined(exemption.resources()), rules, until, exemption.spoken());
  }

  private static void addAdded(
      List<String> changes, String template, Collection<?> old, Collection<?> now) {
    added(old, now).stream()
        .map(Object::toString)
        .sorted()
        .forEach(name -> changes.add(template.replace("%s", name)));
  }

  private static <T> List<T> added(Collection<? extends T> old, Collection<? extends T> now) {
    List<T> added = new ArrayList<>(now);
    added.removeAll(old);
    return added;
  }

  private static String joined(Collection<?> parts) {
    return String.join(", ", parts.stream().map(Object::toString).toList());
  }
}
