package dev.lintel.policy;

import dev.lintel.mesh.Platform;
import dev.lintel.rule.Action;
import dev.lintel.rule.Finding;
import dev.lintel.rule.RuleInfo;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the administrator decided.
 *
 * @param enforcement the ceiling for every finding
 * @param actions what rules ask for, by code; a rule that is not named keeps its default
 * @param overrides what holds for some namespaces instead; of several that fit, the last counts
 * @param exemptions findings that are accepted for a while
 * @param ignoreUsers users whose writes are not judged
 * @param ignoreGroups groups whose members' writes are not judged
 * @param controllers the users of controllers, whose writes of what they generate are not judged;
 *     empty for those of a default installation, see {@link #isController}
 * @param annotated the codes of the rules that an object may be exempted from by its own annotation
 * @param disclose what an answer names of other namespaces
 * @param links where people read on, and whom they ask
 * @param limits bounds on what one answer costs and says
 * @param platform facts about the installation
 */
public record Policy(
    Action enforcement,
    Map<String, Action> actions,
    List<NamespaceOverride> overrides,
    List<Exemption> exemptions,
    List<Glob> ignoreUsers,
    List<Glob> ignoreGroups,
    Optional<List<Glob>> controllers,
    Set<String> annotated,
    Disclosure disclose,
    Links links,
    Limits limits,
    Platform platform) {

  /** The built-in defaults, in force where there is no document. */
  public static final Policy DEFAULT =
      new Policy(
          Action.DENY,
          Map.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          Optional.empty(),
          Set.of(),
          Disclosure.OWN_NAMESPACE,
          Links.NONE,
          Limits.DEFAULT,
          Platform.AUTO);

  /** What the API server's own controllers are called, which tidy up behind the others. */
  private static final List<String> TIDYING =
      List.of(
          "system:kube-controller-manager",
          "system:serviceaccount:kube-system:generic-garbage-collector",
          "system:serviceaccount:kube-system:namespace-controller");

  /** Copies the collections, so that the record is immutable. */
  public Policy {
    actions = Map.copyOf(actions);
    overrides = List.copyOf(overrides);
    exemptions = List.copyOf(exemptions);
    ignoreUsers = List.copyOf(ignoreUsers);
    ignoreGroups = List.copyOf(ignoreGroups);
    controllers = controllers.map(List::copyOf);
    annotated = Set.copyOf(annotated);
  }

  /** Returns the same decisions about another installation. */
  public Policy withPlatform(Platform other) {
    return with(exemptions, links, other);
  }

  /** Returns the same decisions, with more exemptions, which count before the document's own. */
  public Policy exempting(List<Exemption> more) {
    return with(Stream.concat(more.stream(), exemptions.stream()).toList(), links, platform);
  }

  /**
   * Returns the same decisions, of which findings say that the rules' pages are at an address,
   * unless the document names another.
   */
  public Policy publishedAt(String address) {
    return with(exemptions, links.publishedAt(address), platform);
  }

  private Policy with(List<Exemption> otherExemptions, Links otherLinks, Platform otherPlatform) {
    return new Policy(
        enforcement,
        actions,
        overrides,
        otherExemptions,
        ignoreUsers,
        ignoreGroups,
        controllers,
        annotated,
        disclose,
        otherLinks,
        limits,
        otherPlatform);
  }

  /** Tells whether someone's writes are not judged, by name. */
  public boolean ignoresUser(String user) {
    return matches(ignoreUsers, user);
  }

  /** Tells whether someone's writes are not judged, by the groups. */
  public boolean ignoresGroups(Collection<String> groups) {
    return groups.stream().anyMatch(group -> matches(ignoreGroups, group));
  }

  /**
   * Tells whether a user is a controller of the mesh or of the API server. Where the document does
   * not say, those are istiod's ServiceAccounts in Istio's root namespace, kgateway's in its
   * namespaces, and the API server's garbage collectors.
   */
  public boolean isController(String user) {
    return matches(effectiveControllers(), user);
  }

  /** Returns the users of controllers, by name. */
  List<Glob> effectiveControllers() {
    if (controllers.isPresent()) {
      return controllers.get();
    }
    List<Glob> globs = new ArrayList<>();
    globs.add(serviceAccount(platform.rootNamespace(), "istiod*"));
    for (String namespace : platform.kgatewayNamespaces()) {
      globs.add(serviceAccount(namespace, "kgateway"));
      globs.add(serviceAccount(namespace, "enterprise-kgateway"));
    }
    TIDYING.forEach(user -> globs.add(new Glob(user)));
    return globs;
  }

  private static Glob serviceAccount(String namespace, String name) {
    return new Glob("system:serviceaccount:%s:%s".formatted(namespace, name));
  }

  private static boolean matches(List<Glob> globs, String name) {
    for (Glob glob : globs) {
      if (glob.matches(name)) {
        return true;
      }
    }
    return false;
  }

  /** Returns what a rule asks for where no override says otherwise. */
  Action asked(RuleInfo rule) {
    return actions.getOrDefault(rule.code(), rule.defaultAction());
  }

  /** Returns what a rule's findings on an object ask for at most, exemptions aside. */
  public Action actionOf(RuleInfo rule, Target target) {
    Action asked = asked(rule);
    Action ceiling = enforcement;
    for (NamespaceOverride override : overrides) {
      if (override.fits(target)) {
        asked = override.actions().getOrDefault(rule.code(), asked);
        ceiling = override.enforcement().orElse(ceiling);
      }
    }
    return asked.atMost(ceiling).atMost(enforcement);
  }

  /**
   * Decides what comes of a finding: the one place where exemptions are honoured.
   *
   * @param ceiling the most that may come of it, whatever the document says
   * @param today the day on which exemptions must count
   */
  public Ruling rule(
      RuleInfo rule, Finding finding, Target target, Action ceiling, LocalDate today) {
    Action action = actionOf(rule, target).atMost(finding.ceiling()).atMost(ceiling);
    if (action.compareTo(Action.AUDIT) <= 0) {
      return new Ruling(action, Optional.empty(), Optional.empty());
    }
    Optional<String> exemption = exemption(rule, target, today);
    return exemption.isPresent()
        ? new Ruling(Action.AUDIT, exemption, Optional.empty())
        : new Ruling(action, Optional.empty(), unheeded(rule, target));
  }

  /** Tells why an exemption that somebody meant for a finding does not count. */
  private Optional<String> unheeded(RuleInfo rule, Target target) {
    return exemptions.stream()
        .filter(exemption -> exemption.covers(rule.code(), target.ref()))
        .findFirst()
        .map(Exemption::ended)
        .or(
            () ->
                target
                    .exemptAnnotation()
                    .flatMap(text -> ExemptAnnotation.unheeded(text, rule, annotated)));
  }

  private Optional<String> exemption(RuleInfo rule, Target target, LocalDate today) {
    return exemptions.stream()
        .filter(exemption -> exemption.countsOn(today))
        .filter(exemption -> exemption.covers(rule.code(), target.ref()))
        .findFirst()
        .map(Exemption::spoken)
        .or(() -> ownExemption(rule, target));
  }

  private Optional<String> ownExemption(RuleInfo rule, Target target) {
    return annotated.contains(rule.code())
        ? target.exemptAnnotation().flatMap(text -> ExemptAnnotation.reason(text, rule))
        : Optional.empty();
  }
}
