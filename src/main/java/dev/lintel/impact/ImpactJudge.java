package dev.lintel.impact;

import dev.lintel.diff.PathDiff;
import dev.lintel.diff.Scope;
import dev.lintel.judge.Judge;
import dev.lintel.judge.Judged;
import dev.lintel.judge.Spared;
import dev.lintel.judge.Targets;
import dev.lintel.judge.Verdict;
import dev.lintel.mesh.HostName;
import dev.lintel.policy.Policy;
import dev.lintel.policy.Ruling;
import dev.lintel.resource.Resource;
import dev.lintel.resource.ResourceRef;
import dev.lintel.rule.Action;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Impact;
import dev.lintel.state.Settled;
import dev.lintel.topology.Backend;
import dev.lintel.topology.Topology;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Tells what a write does to the paths of others. About the written object itself nothing is
 * judged, and nothing is ever refused: a refused deletion would wedge finalizers and garbage
 * collection (docs/domain.md, 8.4).
 */
public final class ImpactJudge {

  private final Judge judge;
  private final Clock clock;

  /**
   * Creates a judge of impacts.
   *
   * @param judge judges what depends on a write
   * @param clock tells the day on which exemptions must count, in the clock's zone
   */
  public ImpactJudge(Judge judge, Clock clock) {
    this.judge = judge;
    this.clock = clock;
  }

  /**
   * Compares the paths before and after a write.
   *
   * @param state the cluster as it is
   * @param policy what the administrator decided
   * @param isOverdue asked between rules; once true, the rest is not judged and the verdict says so
   * @return warnings at most: losses first, then what rules find against others, then changes
   */
  public Verdict assess(
      Topology state, BendingWrite write, Policy policy, BooleanSupplier isOverdue) {
    Optional<Spared> spared = spared(state, write, policy);
    if (spared.isPresent()) {
      return Verdict.spared(write.ref(), spared.get());
    }
    if (policy.actionOf(Impact.INFO, Targets.of(state, write.ref(), write.known())) == Action.OFF) {
      return Verdict.silent(write.ref());
    }
    Topology before = write.before(state);
    List<ResourceRef> changed = write.changed(before);
    Settled settled =
        Settled.of(
            before,
            write.after(before, changed),
            write.isConcerned(before.platform().rootNamespace()));
    Scope scope = Scope.of(settled, changed, policy.limits().dependents());
    PathDiff diff = PathDiff.between(settled, scope, isOverdue);
    Verdict found =
        judge.consequences(
            settled.before(),
            settled.after(),
            changed,
            others(settled, scope, changed),
            policy,
            isOverdue);
    Told told = new Told(settled, write, changed, host -> isExempt(settled, host, policy));
    List<Judged> findings = new ArrayList<>();
    told.losses(diff, found).forEach(line -> findings.add(judged(state, write, line, policy)));
    findings.addAll(Summary.byRule(found.findings()));
    told.changes(diff).forEach(line -> findings.add(judged(state, write, line, policy)));
    return new Verdict(write.ref(), findings, unfinished(diff, found));
  }

  private static Optional<Spared> spared(Topology state, BendingWrite write, Policy policy) {
    boolean isGoing =
        write.known().filter(object -> object.metadata().deleting()).isPresent()
            || state
                .namespace(write.ref().namespace())
                .filter(namespace -> namespace.metadata().deleting())
                .isPresent();
    if (isGoing) {
      return Optional.of(Spared.DELETING);
    }
    if (write.changesNothing()) {
      return Optional.of(Spared.UNCHANGED);
    }
    return Spared.byAuthor(write.user(), write.groups(), policy)
        .or(
            () ->
                policy.isController(write.user())
                    ? Optional.of(Spared.CONTROLLER)
                    : Optional.empty());
  }

  /** Returns the backends of the hosts that are compared, and the rules for them. */
  private static Set<ResourceRef> others(Settled settled, Scope scope, List<ResourceRef> changed) {
    Set<ResourceRef> others = new LinkedHashSet<>();
    for (HostName host : scope.hosts()) {
      settled.after().backendsWithHost(host).stream()
          .map(Backend::resource)
          .map(Resource::ref)
          .forEach(others::add);
      Stream.of(settled.before(), settled.after())
          .flatMap(topology -> topology.rules().covering(host))
          .map(Resource::ref)
          .forEach(others::add);
    }
    changed.forEach(others::remove);
    return others;
  }

  private boolean isExempt(Settled settled, HostName host, Policy policy) {
    List<Backend> backends = settled.before().backendsWithHost(host);
    return !backends.isEmpty()
        && backends.stream()
            .map(Backend::resource)
            .allMatch(
                object ->
                    ruling(settled.before(), object.ref(), Optional.of(object), Told.ANY, policy)
                        .exemption()
                        .isPresent());
  }

  private Judged judged(Topology state, BendingWrite write, Finding line, Policy policy) {
    Ruling ruling = ruling(state, write.ref(), write.known(), line, policy);
    return Judged.of(Impact.INFO, write.ref(), line, false, ruling, policy.links());
  }

  private Ruling ruling(
      Topology state, ResourceRef ref, Optional<Resource> object, Finding line, Policy policy) {
    return policy.rule(
        Impact.INFO, line, Targets.of(state, ref, object), Action.WARN, LocalDate.now(clock));
  }

  private static Optional<String> unfinished(PathDiff diff, Verdict found) {
    List<String> reasons = new ArrayList<>(diff.extent().cuts());
    if (diff.extent().unfinished() > 0) {
      reasons.add("too much bears on %d of the hosts".formatted(diff.extent().unfinished()));
    }
    found.unfinished().ifPresent(reasons::add);
    return reasons.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", reasons));
  }
}
