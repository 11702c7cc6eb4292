package dev.lintel.policy;

import static dev.lintel.policy.Comparison.added;
import static dev.lintel.policy.Comparison.stricterWithout;
import static dev.lintel.policy.Form.listOf;
import static dev.lintel.policy.Form.words;

import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.mesh.Platform;
import dev.lintel.rule.Action;
import dev.lintel.rule.Rule;
import dev.lintel.rule.RuleInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What a policy document looks like: each of its keys has its home here, or in the form of the part
 * that it stands in.
 */
final class PolicyForm {

  static final Form<Action> ACTION =
      words(List.of(Action.DENY, Action.WARN, Action.AUDIT, Action.OFF), Action::word);

  private final RuleCatalogue catalogue = RuleCatalogue.complete();
  private final RuleNames rules = new RuleNames(catalogue);
  private final LinksForm linksForm = new LinksForm();
  private final LimitsForm limitsForm = new LimitsForm();
  private final PlatformForm platformForm = new PlatformForm();

  private final Section<Policy> keys = head();
  private final Key<Policy, Action> enforcement =
      keys.key(
          "enforcement",
          ACTION,
          Policy::enforcement,
          PolicyForm::compareEnforcement,
          "The ceiling for every finding; deny if left out.");
  private final Key<Policy, Map<String, Action>> actions =
      keys.keyInContext(
          "rules",
          rules.actions(RuleInfo::name),
          Policy::actions,
          this::compareRules,
          "What single rules do, by code or by name.");
  private final Key<Policy, List<NamespaceOverride>> overrides =
      keys.keyInContext(
          "overrides",
          listOf(OverrideForm.form(rules), 0),
          Policy::overrides,
          (at, old, now) -> new OverrideDiff(old, now, catalogue).change(),
          "What holds for some namespaces instead; of several that fit, the last counts.");
  private final Key<Policy, List<Exemption>> exemptions =
      keys.key(
          "exemptions",
          listOf(ExemptionForm.form(rules), 0),
          Policy::exemptions,
          stricterWithout(added(ExemptionForm::spoken)),
          "Findings that are accepted for a while: they go to the audit log only.");

  private final Section<Policy> subjects = keys.section("subjects", "Whose writes are not judged.");
  private final Key<Policy, List<Glob>> ignoreUsers =
      subjects.key(
          "ignoreUsers",
          Glob.LIST,
          Policy::ignoreUsers,
          added("writes of user %s are not judged"::formatted),
          "Users, by name.");
  private final Key<Policy, List<Glob>> ignoreGroups =
      subjects.key(
          "ignoreGroups",
          Glob.LIST,
          Policy::ignoreGroups,
          added("writes of group %s are not judged"::formatted),
          "Groups, by name.");
  private final Key<Policy, Optional<List<Glob>>> controllers =
      subjects.keyInContext(
          "controllers",
          Glob.LIST.optional(),
          Policy::controllers,
          Comparison.<Glob, List<Glob>>added(
                  "what user %s writes of generated objects is not judged"::formatted)
              .of(Policy::effectiveControllers),
          "The users of controllers, whose writes of what they generate are not judged; those"
              + " of a default installation if left out.");

  private final Section<Policy> annotations =
      keys.section("annotations", "What objects may say themselves.");
  private final Key<Policy, Set<String>> annotated =
      annotations.key(
          "allow",
          rules.noneForNone(),
          Policy::annotated,
          stricterWithout(added("objects may exempt themselves from %s"::formatted)),
          "Rules that an object may be exempted from by its own annotation"
              + " lintel.dev/exempt: \"CODE: reason\". None if left out.");

  private final Key<Policy, Disclosure> disclose =
      keys.key(
          "disclose",
          words(List.of(Disclosure.values()), Disclosure::word),
          Policy::disclose,
          PolicyForm::compareDisclosure,
          "What an answer names of other namespaces: everything, or only what the writer's"
              + " namespace names itself; own-namespace if left out.");
  private final Key<Policy, Links> links =
      keys.key(
          "links",
          linksForm.form(),
          Policy::links,
          linksForm.comparison(),
          "Where people read on about a finding, and whom they ask.");
  private final Key<Policy, Limits> limits =
      keys.key(
          "limits",
          limitsForm.form(),
          Policy::limits,
          limitsForm.comparison(),
          "Bounds on what one answer costs and says.");
  private final Key<Policy, Platform> platform =
      keys.key(
          "platform",
          platformForm.form(),
          Policy::platform,
          platformForm.comparison(),
          "Facts about the installation.");

  /** Returns how a policy is written. */
  Form<Policy> form() {
    return keys.form(Policy.DEFAULT, this::made);
  }

  /** Returns how policies are compared. */
  Comparison<Policy> comparison() {
    return keys;
  }

  private Policy made(Part<Policy> in) {
    return new Policy(
        in.of(enforcement),
        in.of(actions),
        in.of(overrides),
        in.of(exemptions),
        in.of(ignoreUsers),
        in.of(ignoreGroups),
        in.of(controllers),
        in.of(annotated),
        in.of(disclose),
        in.of(links),
        in.of(limits),
        in.of(platform));
  }

  private static Section<Policy> head() {
    Section<Policy> keys = Section.outermost();
    always(keys, "apiVersion", "lintel.dev/v1", "The version of this document.");
    always(keys, "kind", "Policy", "What this document is.");
    return keys;
  }

  private static void always(Section<Policy> keys, String name, String word, String description) {
    keys.required(name, words(List.of(word), Function.identity()), policy -> word, description);
  }

  private static Change compareEnforcement(String at, Action old, Action now) {
    return now.compareTo(old) < 0
        ? Change.weaker(
            List.of(
                "enforcement goes from %s to %s for every rule".formatted(old.word(), now.word())))
        : Change.NONE.stricterIf(now != old);
  }

  private Change compareRules(String at, Policy old, Policy now) {
    List<String> weaker = new ArrayList<>();
    boolean isStricter = false;
    for (Rule rule : catalogue.rules()) {
      RuleInfo info = rule.info();
      Action before = old.asked(info);
      Action after = now.asked(info);
      isStricter |= after.compareTo(before) > 0;
      if (after.compareTo(before) < 0) {
        weaker.add(
            "rule %s (%s) goes from %s to %s"
                .formatted(info.code(), info.name(), before.word(), after.word()));
      }
    }
    return Change.weaker(weaker).stricterIf(isStricter);
  }

  private static Change compareDisclosure(String at, Disclosure old, Disclosure now) {
    return now == Disclosure.ALL && old != Disclosure.ALL
        ? Change.weaker(List.of("answers name objects of every namespace, whoever writes"))
        : Change.NONE;
  }
}
