package dev.lintel.judge;

import dev.lintel.policy.Policy;
import dev.lintel.resource.Metadata;
import dev.lintel.resource.Resource;
import dev.lintel.resource.ResourceRef;
import dev.lintel.rule.Action;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Rule;
import dev.lintel.rule.RuleCatalogue;
import dev.lintel.rule.RuleInfo;
import dev.lintel.rule.Subject;
import dev.lintel.topology.Change;
import dev.lintel.topology.Topology;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Judges writes by what they change: the same rules look at the written object and at its
 * dependents as they are before and as they would be after.
 *
 * <p>What was there before only warns, for a bad object must stay editable. What a write does to
 * other objects warns, with their names.
 */
public final class Judge {

  private static final Comparator<Judged> LOUDEST_FIRST =
      Comparator.<Judged, Action>comparing(Judged::action)
          .reversed()
          .thenComparing(judged -> judged.rule().code())
          .thenComparing(judged -> judged.subject().toString())
          .thenComparing(judged -> judged.finding().field().text());

  private final RuleCatalogue catalogue;

  /** Creates a judge that applies the rules of a catalogue. */
  public Judge(RuleCatalogue catalogue) {
    this.catalogue = catalogue;
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
    Resource object = aged(write);
    if (isSpared(write, object)) {
      return Verdict.silent(object.ref());
    }
    Topology before = before(state, write);
    Topology after = before.apply(Change.put(object));
    Session session = new Session(policy, isOverdue);
    List<Judged> findings = new ArrayList<>(session.ofSubject(before, after, write, object));
    findings.addAll(session.ofDependents(before, after, object));
    findings.sort(LOUDEST_FIRST);
    return new Verdict(object.ref(), findings, session.unfinished());
  }

  private static Topology before(Topology state, Write write) {
    return write
        .old()
        .map(old -> state.apply(Change.put(old)))
        .orElseGet(() -> state.apply(Change.remove(write.ref())));
  }

  /** An update keeps the time of creation, whether or not the new form repeats it. */
  private static Resource aged(Write write) {
    Metadata metadata = write.object().metadata();
    if (write.old().isEmpty() || !metadata.created().equals(Metadata.NOT_YET)) {
      return write.object();
    }
    return write.object().withMetadata(metadata.createdAt(write.old().get().metadata().created()));
  }

  /** Tells whether nothing is to be said, whatever the rules: see docs/domain.md, 8.0. */
  private static boolean isSpared(Write write, Resource object) {
    return object.metadata().deleting()
        || write.old().filter(object::equals).isPresent()
        || Controllers.ownsWrite(object, write.user());
  }

  private final class Session {

    private final Policy policy;
    private final BooleanSupplier isOverdue;
    private Optional<String> unfinished = Optional.empty();

    Session(Policy policy, BooleanSupplier isOverdue) {
      this.policy = policy;
      this.isOverdue = isOverdue;
    }

    Optional<String> unfinished() {
      return unfinished;
    }

    List<Judged> ofSubject(Topology before, Topology after, Write write, Resource object) {
      List<Raw> now = evaluate(after, object);
      if (now.isEmpty()) {
        return List.of();
      }
      Set<Identity> known = identities(write.old().map(o -> evaluate(before, o)).orElse(List.of()));
      return now.stream()
          .filter(raw -> !raw.finding.onlyNew() || !known.contains(raw.identity()))
          .map(raw -> ofSubject(object.ref(), raw, known.contains(raw.identity())))
          .toList();
    }

    List<Judged> ofDependents(Topology before, Topology after, Resource object) {
      Dependents dependents = Dependents.of(before, after, object);
      if (dependents.isCut()) {
        unfinished =
            Optional.of(
                "more than %d objects depend on it; the others were not looked at"
                    .formatted(Dependents.MAX));
      }
      List<Judged> judged = new ArrayList<>();
      for (ResourceRef ref : dependents.refs()) {
        after.find(ref).ifPresent(d -> judged.addAll(worsened(before, after, d)));
      }
      return judged;
    }

    private List<Judged> worsened(Topology before, Topology after, Resource dependent) {
      List<Raw> now = evaluate(after, dependent);
      if (now.isEmpty()) {
        return List.of();
      }
      Set<Identity> known = identities(evaluate(before, dependent));
      return now.stream()
          .filter(raw -> !known.contains(raw.identity()))
          .map(raw -> judged(dependent.ref(), raw, Action.WARN, false))
          .toList();
    }

    private List<Raw> evaluate(Topology topology, Resource resource) {
      List<Raw> findings = new ArrayList<>();
      Subject subject = Subject.of(topology, resource);
      for (Rule rule : catalogue.rulesFor(resource.kind())) {
        if (isOverdue.getAsBoolean()) {
          unfinished =
              Optional.of("the API server's deadline came before every rule was evaluated");
          return findings;
        }
        if (policy.actionOf(rule.info()) != Action.OFF) {
          rule.judge(topology, subject).forEach(f -> findings.add(new Raw(rule.info(), f)));
        }
      }
      return findings;
    }

    /** What was there before warns at most: a bad object must stay editable. */
    private Judged ofSubject(ResourceRef subject, Raw raw, boolean known) {
      return judged(subject, raw, known ? Action.WARN : Action.DENY, known);
    }

    private Judged judged(ResourceRef subject, Raw raw, Action ceiling, boolean known) {
      Action action = policy.actionOf(raw.rule, raw.finding).atMost(ceiling);
      return new Judged(raw.rule, subject, raw.finding, action, known);
    }
  }

  private static Set<Identity> identities(List<Raw> findings) {
    Set<Identity> identities = new HashSet<>();
    findings.forEach(raw -> identities.add(raw.identity()));
    return identities;
  }

  private record Raw(RuleInfo rule, Finding finding) {
    Identity identity() {
      return new Identity(rule.code(), finding.field(), finding.about());
    }
  }

  private record Identity(String code, FieldPath field, Set<String> about) {}
}
