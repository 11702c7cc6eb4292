package dev.lintel.cli;

import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.cli.StateOptions.State;
import dev.lintel.judge.Judge;
import dev.lintel.judge.Verdict;
import dev.lintel.judge.Write;
import dev.lintel.manifest.Manifest;
import dev.lintel.manifest.ManifestText;
import dev.lintel.policy.Policy;
import dev.lintel.report.CheckReport;
import dev.lintel.report.CheckReport.Entry;
import dev.lintel.report.Unasked;
import dev.lintel.report.Unreadable;
import dev.lintel.resource.Kind;
import dev.lintel.resource.MalformedObjectException;
import dev.lintel.resource.Resource;
import dev.lintel.resource.ResourceRef;
import dev.lintel.rule.Rule;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Judges manifests as one change to a state. */
final class Checker {

  /** What happens to an object. */
  enum Operation {
    CREATE,
    UPDATE
  }

  private final State state;
  private final Optional<Operation> operation;
  private final String user;
  private final String namespace;
  private final Ticker ticker;
  private final Suppressions suppressions;
  private final RuleCatalogue catalogue = RuleCatalogue.complete();
  private final Judge judge = new Judge(catalogue);

  /**
   * Creates a checker.
   *
   * @param operation empty if an object of the state is updated, and any other created
   * @param user who writes; empty if unknown
   * @param namespace where namespaced objects are that name none
   * @param suppressions which findings are accepted
   */
  Checker(
      State state,
      Optional<Operation> operation,
      String user,
      String namespace,
      Suppressions suppressions,
      Ticker ticker) {
    this.state = state;
    this.operation = operation;
    this.user = user;
    this.namespace = namespace;
    this.ticker = ticker;
    this.suppressions = suppressions;
  }

  /**
   * Judges every object of some texts whose kind is judged, and that can be read.
   *
   * @throws UnreadableException if the earlier form of an object is needed and not known
   */
  CheckReport check(List<ManifestText> texts) {
    Problems problems = new Problems();
    List<Unreadable> unreadable = new ArrayList<>();
    List<Manifest> judged = new ArrayList<>();
    List<Write> writes = new ArrayList<>();
    List<Resource> companions = new ArrayList<>();
    for (ManifestText text : texts) {
      for (Manifest manifest : text.manifests()) {
        Optional<Resource> object = object(manifest, unreadable);
        if (object.isPresent() && judge.kinds().contains(object.get().kind())) {
          judged.add(manifest);
          writes.add(write(manifest, object.get(), problems));
        } else {
          object.ifPresent(companions::add);
        }
      }
    }
    problems.check();
    return report(judged, writes, companions).without(unreadable);
  }

  private Optional<Resource> object(Manifest manifest, List<Unreadable> unreadable) {
    try {
      return manifest.resource(namespace);
    } catch (MalformedObjectException e) {
      unreadable.add(Unreadable.of(manifest.source(), String.valueOf(e.getMessage())));
      return Optional.empty();
    }
  }

  private CheckReport report(List<Manifest> judged, List<Write> writes, List<Resource> companions) {
    List<Verdict> verdicts =
        judge.judge(
            state.topology(),
            writes,
            companions,
            policy(judged, writes),
            done -> ticker.at("judging", done, writes.size(), "objects"));
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < judged.size(); i++) {
      Operation what = writes.get(i).old().isPresent() ? Operation.UPDATE : Operation.CREATE;
      entries.add(new Entry(judged.get(i), what.name(), verdicts.get(i)));
    }
    return new CheckReport(entries, unasked(writes, companions), List.of()).withGaps(state.gaps());
  }

  private Policy policy(List<Manifest> judged, List<Write> writes) {
    Map<Manifest, ResourceRef> objects = new IdentityHashMap<>();
    for (int i = 0; i < judged.size(); i++) {
      objects.put(judged.get(i), writes.get(i).object().ref());
    }
    return suppressions.appliedTo(state.policy(), objects);
  }

  /** In a cluster that was asked for all objects of a kind, what is not known is not there. */
  private Unasked unasked(List<Write> writes, List<Resource> companions) {
    Set<Kind> known = state.kindsInSight();
    companions.forEach(companion -> known.add(companion.kind()));
    return Unasked.of(
        writes.stream()
            .map(write -> write.object().kind())
            .distinct()
            .flatMap(kind -> catalogue.rulesFor(kind).stream())
            .map(Rule::info),
        known);
  }

  private Write write(Manifest manifest, Resource object, Problems problems) {
    if (operation.filter(Operation.CREATE::equals).isPresent()) {
      return Write.create(object, user);
    }
    Optional<Resource> old = state.topology().find(object.ref());
    if (operation.isPresent() && old.isEmpty()) {
      problems.add(
          "%s:%d: --operation UPDATE needs the earlier form of %s in the cluster's state"
              .formatted(manifest.source(), manifest.place().line(), object.ref().spoken()));
    }
    return new Write(object, old, user);
  }
}
