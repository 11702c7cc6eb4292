package dev.lintel.judge;

import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.policy.Policy;
import dev.lintel.policy.Ruling;
import dev.lintel.policy.Target;
import dev.lintel.resource.Kind;
import dev.lintel.resource.Resource;
import dev.lintel.resource.ResourceRef;
import dev.lintel.rule.Action;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Rule;
import dev.lintel.rule.RuleInfo;
import dev.lintel.rule.Subject;
import dev.lintel.state.Existing;
import dev.lintel.topology.Change;
import dev.lintel.topology.TooMuchWorkException;
import dev.lintel.topology.Topology;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;

/**
 * Judges writes by what they change: the same rules look at the written object and at its
 * dependents as they are before and as they would be after.
 *
 * <p>What was there before only warns, for a bad object must stay editable. What a write does to
 * other objects warns, with their names.
 */
public final class Judge {

  /** How many findings of one rule for one object are told; nobody reads more of them. */
  private static final int MOST_FINDINGS = 100;

  /** How many reasons for being unfinished are told: the first says what matters. */
  private static final int MOST_TOLD = 5;

  private static final Comparator<Judged> LOUDEST_FIRST =
      Comparator.<Judged, Action>comparing(Judged::action)
          .reversed()
          .thenComparing(judged -> judged.rule().code())
          .thenComparing(judged -> judged.subject().toString())
          .thenComparing(judged -> judged.finding().field().text());

  private final RuleCatalogue catalogue;
  private final Set<Kind> kinds;
  private final Clock clock;

  /** Creates a judge that applies the rules of a catalogue. */
  public Judge(RuleCatalogue catalogue) {
    this(catalogue, Clock.systemUTC());
  }

  /**
   * Creates a judge.
   *
   * @param clock tells the day on which exemptions must count, in the clock's zone
   */
  public Judge(RuleCatalogue catalogue, Clock clock) {
    this.catalogue = catalogue;
    this.kinds =
        catalogue.rules().stream()
            .flatMap(rule -> rule.info().subjects().stream())
            .collect(Collectors.toUnmodifiableSet());
    this.clock = clock;
  }

  /** Returns the kinds whose writes are judged: those that some rule is about. */
  public Set<Kind> kinds() {
    return kinds;
  }

  /** Judges a write without a deadline. */
  public Verdict judge(Topology state, Write write, Policy policy) {
    return judge(state, write, policy, () -> false);
  }

  /**
   * Judges a write.
   *
   * @param state the cluster as it is; where it differs from {@link Write#old()}, which the API
   *     server sends and which is newer, the latter counts
   * @param policy what the administrator decided
   * @param isOverdue asked between rules; once true, the rest is not judged and the verdict says so
   */
  public Verdict judge(Topology state, Write write, Policy policy, BooleanSupplier isOverdue) {
    Write aged = aged(state, write);
    Optional<Spared> spared = spared(aged, policy);
    if (spared.isPresent()) {
      return Verdict.spared(write.ref(), spared.get());
    }
    Topology before = before(state, aged);
    Topology after = before.apply(Change.put(aged.object()));
    return new Session(policy, isOverdue, aged.ref(), before, after, Set.of(aged.object().kind()))
        .verdict(aged, Set.of());
  }

  /** Judges several writes as one change, without telling how far it is. */
  public List<Verdict> judge(
      Topology state, List<Write> writes, List<? extends Resource> companions, Policy policy) {
    return judge(state, writes, companions, policy, done -> {});
  }

  /**
   * Judges several writes as one change, as a commit is one: what the state has already counts as
   * known, and the order of the writes does not matter.
   *
   * @param state the cluster as it is
   * @param writes what is judged
   * @param companions other objects of the change, of kinds that are not judged
   * @param progress told how many writes have been judged, before each of them
   * @return a verdict for each write, in the order of the writes
   */
  public List<Verdict> judge(
      Topology state,
      List<Write> writes,
      List<? extends Resource> companions,
      Policy policy,
      IntConsumer progress) {
    List<Write> aged = writes.stream().map(write -> aged(state, write)).toList();
    Topology before = state;
    for (Write write : aged) {
      before = before(before, write);
    }
    Topology after = before;
    for (Resource companion : companions) {
      after = after.apply(Change.put(Existing.kept(companion, before)));
    }
    for (Write write : aged) {
      after = after.apply(Change.put(write.object()));
    }
    Set<Kind> changed = kinds(aged, companions);
    Set<ResourceRef> judged = new HashSet<>();
    aged.stream()
        .filter(write -> spared(write, policy).isEmpty())
        .forEach(write -> judged.add(write.ref()));
    List<Verdict> verdicts = new ArrayList<>();
    for (Write write : aged) {
      progress.accept(verdicts.size());
      // Of two writes of one object each is judged as if it were the last.
      Topology written = after.apply(Change.put(write.object()));
      Session session = new Session(policy, () -> false, write.ref(), before, written, changed);
      verdicts.add(
          spared(write, policy)
              .map(why -> unjudged(why, write, session))
              .orElseGet(() -> session.verdict(write, judged)));
    }
    return List.copyOf(verdicts);
  }

  /** Who checks what is there already wants to know what stands against it. */
  private static Verdict unjudged(Spared why, Write write, Session session) {
    return switch (why) {
      case UNCHANGED -> session.standing(write);
      case DELETING, IGNORED_USER, IGNORED_GROUP, CONTROLLER -> Verdict.spared(write.ref(), why);
    };
  }

  /**
   * Returns what stands against an object as it is, as if it were written anew: what it would be
   * told if nothing counted as known. Other objects are not looked at.
   */
  public List<Judged> review(Topology state, Resource object, Policy policy) {
    Session session = new Session(policy, () -> false, object.ref(), state, state, Set.of());
    return session.ofSubject(Write.create(object, ""));
  }

  /** Returns the same as {@link #review}, loudest first, and what was not judged. */
  public Verdict inspect(Topology state, Resource object, Policy policy) {
    return new Session(policy, () -> false, object.ref(), state, state, Set.of())
        .alone(Write.create(object, ""));
  }

  /**
   * Returns what a change does to other objects: what is found against them now and was not before,
   * as warnings. About the changed objects themselves nothing is said.
   *
   * @param changed the objects that are written or deleted; the first is what the verdict is about
   * @param others the objects that are looked at
   */
  public Verdict consequences(
      Topology before,
      Topology after,
      List<ResourceRef> changed,
      Collection<ResourceRef> others,
      Policy policy,
      BooleanSupplier isOverdue) {
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    changed.forEach(ref -> kinds.add(ref.kind()));
    return new Session(policy, isOverdue, changed.getFirst(), before, after, kinds)
        .consequences(changed.getFirst(), others);
  }

  private static Set<Kind> kinds(List<Write> writes, List<? extends Resource> companions) {
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    writes.forEach(write -> kinds.add(write.object().kind()));
    companions.forEach(companion -> kinds.add(companion.kind()));
    return kinds;
  }

  private static Topology before(Topology state, Write write) {
    return write
        .old()
        .map(old -> state.apply(Change.put(old)))
        .orElseGet(() -> state.apply(Change.remove(write.ref())));
  }

  /** An update keeps status and time of creation, whether or not its forms repeat them. */
  private static Write aged(Topology state, Write write) {
    if (write.old().isEmpty()) {
      return write;
    }
    Resource old = Existing.earlier(write.old().get(), state);
    return new Write(
        Existing.kept(write.object(), old), Optional.of(old), write.user(), write.groups());
  }

  /** Tells why nothing is to be said, whatever the rules: see docs/domain.md, 8.0. */
  private static Optional<Spared> spared(Write write, Policy policy) {
    if (write.object().metadata().deleting()) {
      return Optional.of(Spared.DELETING);
    }
    if (write.old().filter(write.object()::equals).isPresent()) {
      return Optional.of(Spared.UNCHANGED);
    }
    return Spared.byAuthor(write.user(), write.groups(), policy)
        .or(
            () ->
                Controllers.ownsWrite(write.object(), write.user(), policy)
                    ? Optional.of(Spared.CONTROLLER)
                    : Optional.empty());
  }

  /** The rules at work on one pair of topologies. */
  private final class Session {

    private final Policy policy;
    private final BooleanSupplier isOverdue;
    private final Topology before;
    private final Topology after;
    private final Set<Kind> changed;
    private final Set<String> unfinished = new LinkedHashSet<>();
    private boolean isCutShort;

    Session(
        Policy policy,
        BooleanSupplier isOverdue,
        ResourceRef written,
        Topology before,
        Topology after,
        Set<Kind> changed) {
      this.policy = policy;
      this.isOverdue = isOverdue;
      this.before = before.forJudgementOf(written);
      this.after = after.forJudgementOf(written);
      this.changed = changed;
    }

    /**
     * Judges a write.
     *
     * @param others objects that are judged on their own, and hence not as dependents
     */
    Verdict verdict(Write write, Set<ResourceRef> others) {
      unfinished.clear();
      isCutShort = false;
      write.object().metadata().cuts().forEach(cut -> unfinished.add(cut.said()));
      List<Judged> findings = new ArrayList<>(ofSubject(write));
      findings.addAll(ofDependents(write.object(), others));
      findings.sort(LOUDEST_FIRST);
      unfinished.addAll(before.cuts());
      unfinished.addAll(after.cuts());
      return new Verdict(write.ref(), findings, told());
    }

    /** Judges a write without a look at what depends on it. */
    Verdict alone(Write write) {
      write.object().metadata().cuts().forEach(cut -> unfinished.add(cut.said()));
      List<Judged> findings = ofSubject(write).stream().sorted(LOUDEST_FIRST).toList();
      unfinished.addAll(after.cuts());
      return new Verdict(write.ref(), findings, told());
    }

    /** Judges what depends on a change that is not judged itself. */
    Verdict consequences(ResourceRef changed, Collection<ResourceRef> others) {
      List<Judged> findings = worsened(others);
      findings.sort(LOUDEST_FIRST);
      return new Verdict(changed, findings, told());
    }

    /** Tells what was found before a write that changes nothing, and warns at most. */
    Verdict standing(Write write) {
      Verdict now = alone(write);
      return new Verdict(
          now.object(),
          now.findings().stream().filter(Judged::known).toList(),
          now.unfinished(),
          Optional.of(Spared.UNCHANGED));
    }

    private Optional<String> told() {
      return unfinished.isEmpty()
          ? Optional.empty()
          : Optional.of(unfinished.stream().limit(MOST_TOLD).collect(Collectors.joining("; ")));
    }

    private List<Judged> ofSubject(Write write) {
      List<Raw> now = evaluate(after, write.object());
      if (now.isEmpty()) {
        return List.of();
      }
      Set<Identity> known = write.old().map(old -> known(old, now)).orElse(Set.of());
      Action ceiling = ceiling(write);
      return now.stream()
          .filter(raw -> !raw.finding.onlyNew() || !known.contains(raw.identity()))
          .map(raw -> ofSubject(write.object(), raw, ceiling, known.contains(raw.identity())))
          .toList();
    }

    /**
     * What was not looked at in time may have been there before: it does not deny. Objects that
     * were left out because there are too many of them change nothing here: what may deny
     * contradicts itself, whatever else there is, and nobody softens a denial by piling objects up.
     */
    private Action ceiling(Write write) {
      Action ceiling = Controllers.ceiling(write, before);
      boolean everythingIsKnown = !isCutShort || write.old().isEmpty();
      return everythingIsKnown ? ceiling : ceiling.atMost(Action.WARN);
    }

    /**
     * Tells whether a finding is about what was not read as a whole: then the rest may say
     * otherwise. What stands elsewhere in the object denies all the same, or padding would spare
     * its author.
     */
    private static boolean isWithinCut(Resource subject, Finding finding) {
      String field = finding.field().text();
      return subject.metadata().cuts().stream().anyMatch(cut -> cut.concerns(field));
    }

    private static boolean isWhole(Resource object) {
      return object.metadata().cuts().isEmpty();
    }

    /** Tells whether another object that a finding rests on was not read as a whole. */
    private boolean restsOnCut(Finding finding) {
      return finding.evidence().stream()
          .flatMap(ref -> after.find(ref).stream())
          .anyMatch(other -> !isWhole(other));
    }

    private List<Judged> ofDependents(Resource object, Set<ResourceRef> others) {
      int limit = policy.limits().dependents();
      Dependents dependents = dependentsOf(object, limit);
      if (dependents.isCut()) {
        unfinished.add(
            "more than %d objects depend on it; the others were not looked at".formatted(limit));
      }
      return worsened(dependents.refs().stream().filter(ref -> !others.contains(ref)).toList());
    }

    private List<Judged> worsened(Collection<ResourceRef> dependents) {
      List<Judged> judged = new ArrayList<>();
      for (ResourceRef ref : dependents) {
        after.find(ref).ifPresent(dependent -> judged.addAll(worsened(dependent)));
      }
      return judged;
    }

    private Dependents dependentsOf(Resource object, int limit) {
      try {
        return Dependents.of(before, after, object, limit);
      } catch (TooMuchWorkException e) {
        return new Dependents(List.of(), true);
      }
    }

    private List<Judged> worsened(Resource dependent) {
      List<Raw> now = evaluate(after, dependent, readingWhatChanged(dependent.kind()));
      if (now.isEmpty()) {
        return List.of();
      }
      Set<Identity> known = known(dependent, now);
      return now.stream()
          .filter(raw -> !known.contains(raw.identity()))
          .map(raw -> judged(dependent, raw, Action.WARN, false))
          .toList();
    }

    /** What a rule does not read cannot change what it says of a dependent. */
    private List<Rule> readingWhatChanged(Kind dependent) {
      return catalogue.rulesFor(dependent).stream()
          .filter(rule -> !Collections.disjoint(rule.info().reads(), changed))
          .toList();
    }

    /** Only rules that find something now can tell whether it was there before. */
    private Set<Identity> known(Resource earlier, List<Raw> now) {
      List<Rule> rules = now.stream().map(Raw::rule).distinct().toList();
      Set<Identity> identities = new HashSet<>();
      evaluate(before, earlier, rules).forEach(raw -> identities.add(raw.identity()));
      return identities;
    }

    private List<Raw> evaluate(Topology topology, Resource resource) {
      return evaluate(topology, resource, catalogue.rulesFor(resource.kind()));
    }

    private List<Raw> evaluate(Topology topology, Resource resource, List<Rule> rules) {
      List<Raw> findings = new ArrayList<>();
      Subject subject = Subject.of(topology, resource);
      Target target = target(resource);
      for (Rule rule : rules) {
        if (isOverdue.getAsBoolean()) {
          isCutShort = true;
          unfinished.add("the API server's deadline came before every rule was evaluated");
          return findings;
        }
        if (policy.actionOf(rule.info(), target) != Action.OFF) {
          evaluate(topology, subject, rule, findings);
        }
      }
      return withoutYielding(topology, subject, target, rules, findings);
    }

    /**
     * Leaves out what another rule says of the object more precisely. A rule that is off does not
     * speak, so nothing yields to it; one whose finding is exempt does, for the exemption is meant
     * for what both of them say.
     */
    private List<Raw> withoutYielding(
        Topology topology, Subject subject, Target target, List<Rule> asked, List<Raw> findings) {
      if (findings.stream().allMatch(raw -> raw.info().yieldsTo().isEmpty())) {
        return findings;
      }
      Map<Rule, Boolean> speak = new HashMap<>();
      findings.forEach(raw -> speak.put(raw.rule, true));
      return findings.stream()
          .filter(
              raw ->
                  catalogue.strongerThan(raw.rule).stream()
                      .noneMatch(
                          stronger ->
                              speak.computeIfAbsent(
                                  stronger,
                                  rule ->
                                      !asked.contains(rule)
                                          && speaks(topology, subject, target, rule))))
          .toList();
    }

    /** Of a dependent, and of the state before, not every rule has been asked. */
    private boolean speaks(Topology topology, Subject subject, Target target, Rule rule) {
      if (policy.actionOf(rule.info(), target) == Action.OFF) {
        return false;
      }
      List<Raw> findings = new ArrayList<>();
      evaluate(topology, subject, rule, findings);
      return !findings.isEmpty();
    }

    private void evaluate(Topology topology, Subject subject, Rule rule, List<Raw> findings) {
      int others = findings.size();
      try {
        rule.judge(topology, subject).forEach(found -> add(findings, others, rule, found));
      } catch (TooMuchWorkException e) {
        isCutShort = true;
        unfinished.add("more objects bear on it than are looked at for one write");
      }
    }

    /** A list is asked for its size more cheaply than a stream is limited. */
    private void add(List<Raw> findings, int others, Rule rule, Finding found) {
      if (findings.size() - others < MOST_FINDINGS) {
        findings.add(new Raw(rule, found));
      } else {
        isCutShort = true;
        unfinished.add(
            "more than %d findings of %s; the first are told"
                .formatted(MOST_FINDINGS, rule.info().code()));
      }
    }

    /** What was there before warns at most: a bad object must stay editable. */
    private Judged ofSubject(Resource subject, Raw raw, Action ceiling, boolean known) {
      boolean mayDeny = !known && !isWithinCut(subject, raw.finding) && !restsOnCut(raw.finding);
      return judged(subject, raw, mayDeny ? ceiling : ceiling.atMost(Action.WARN), known);
    }

    private Judged judged(Resource subject, Raw raw, Action ceiling, boolean known) {
      Ruling ruling =
          policy.rule(raw.info(), raw.finding, target(subject), ceiling, LocalDate.now(clock));
      return Judged.of(raw.info(), subject.ref(), raw.finding, known, ruling, policy.links());
    }

    private Target target(Resource subject) {
      return Targets.of(after, subject.ref(), Optional.of(subject));
    }
  }

  private record Raw(Rule rule, Finding finding) {
    RuleInfo info() {
      return rule.info();
    }

    Identity identity() {
      return new Identity(info().code(), finding.field(), finding.about());
    }
  }

  private record Identity(String code, FieldPath field, Set<String> about) {}
}
