package dev.lintel.policy;

import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.rule.Action;
import dev.lintel.rule.Rule;
import dev.lintel.rule.RuleInfo;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
    changes.addAll(new OverrideDiff(old, now, catalogue).loosened());
    added(old.exemptions(), now.exemptions()).forEach(exemption -> changes.add(spoken(exemption)));
    addAdded(changes, "writes of user %s are not judged", old.ignoreUsers(), now.ignoreUsers());
    addAdded(changes, "writes of group %s are not judged", old.ignoreGroups(), now.ignoreGroups());
    addAdded(
        changes,
        "what user %s writes of generated objects is not judged",
        old.effectiveControllers(),
        now.effectiveControllers());
    addAdded(changes, "objects may exempt themselves from %s", old.annotated(), now.annotated());
    if (now.disclose() == Disclosure.ALL && old.disclose() != Disclosure.ALL) {
      changes.add("answers name objects of every namespace, whoever writes");
    }
    addLowered(changes);
    return List.copyOf(changes);
  }

  /**
   * Says which facts about the installation are stated otherwise, each as one sentence without a
   * full stop. What follows from them may be more or fewer findings.
   */
  public List<String> restated() {
    return PlatformDiff.between(old.platform(), now.platform());
  }

  /** Tells whether anything may be denied that was not denied before. */
  public boolean tightens() {
    return now.enforcement().compareTo(old.enforcement()) > 0
        || catalogue.rules().stream()
            .anyMatch(rule -> asked(now, rule.info()).compareTo(asked(old, rule.info())) > 0)
        || !now.overrides().equals(old.overrides())
        || !new HashSet<>(now.exemptions()).containsAll(old.exemptions())
        || !now.annotated().containsAll(old.annotated())
        || !now.platform().equals(old.platform());
  }

  private static Action asked(Policy policy, RuleInfo rule) {
    return policy.actions().getOrDefault(rule.code(), rule.defaultAction());
  }

  private void addLowered(List<String> changes) {
    Limits before = old.limits();
    Limits after = now.limits();
    if (after.dependents() < before.dependents()) {
      changes.add(
          "only %d instead of %d other objects are looked at for one write"
              .formatted(after.dependents(), before.dependents()));
    }
    if (after.warnings() < before.warnings()) {
      changes.add(
          "only %d instead of %d warnings are shown for one write"
              .formatted(after.warnings(), before.warnings()));
    }
    if (after.bodyKib() < before.bodyKib()) {
      changes.add(
          "requests of more than %d instead of %d KiB are not judged"
              .formatted(after.bodyKib(), before.bodyKib()));
    }
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
    Set<T> before = new HashSet<>(old);
    List<T> added = new ArrayList<>(now);
    added.removeIf(before::contains);
    return added;
  }

  /** Returns parts as a list in words. */
  static String joined(Collection<?> parts) {
    return String.join(", ", parts.stream().map(Object::toString).toList());
  }
}
