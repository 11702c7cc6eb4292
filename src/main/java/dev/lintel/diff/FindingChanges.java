package dev.lintel.diff;

import dev.lintel.judge.Judge;
import dev.lintel.judge.Judged;
import dev.lintel.judge.Verdict;
import dev.lintel.policy.Policy;
import dev.lintel.resource.Resource;
import dev.lintel.resource.ResourceRef;
import dev.lintel.rule.Action;
import dev.lintel.state.Settled;
import dev.lintel.topology.Topology;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What stands against objects on one side only, each object as it is on that side. A finding that
 * asks for another action than before is gone in its old form and there in its new one.
 *
 * @param appeared what is found after, and not before
 * @param vanished what is found before, and not after
 * @param cuts what was not judged as a whole, in sentences
 */
public record FindingChanges(List<Finding> appeared, List<Finding> vanished, List<String> cuts) {

  /** Nothing that was found. */
  public static final FindingChanges NONE = new FindingChanges(List.of(), List.of(), List.of());

  /** How many objects that were not judged as a whole are named. */
  private static final int MAX_CUTS = 20;

  private static final Comparator<Finding> LOUDEST_FIRST =
      Comparator.comparing(Finding::action)
          .reversed()
          .thenComparing(Finding::code)
          .thenComparing(finding -> finding.object().toString())
          .thenComparing(Finding::field)
          .thenComparing(Finding::message);

  /** Copies the lists, so that the record is immutable. */
  public FindingChanges {
    appeared = List.copyOf(appeared);
    vanished = List.copyOf(vanished);
    cuts = List.copyOf(cuts);
  }

  /**
   * What a rule says of an object.
   *
   * @param code the rule's code
   * @param name the rule's name
   * @param action what comes of it
   * @param object the object
   * @param field where in it
   * @param message what is wrong, and how to fix it
   */
  public record Finding(
      String code, String name, Action action, ResourceRef object, String field, String message) {

    private static Finding of(Judged judged) {
      return new Finding(
          judged.rule().code(),
          judged.rule().name(),
          judged.action(),
          judged.subject(),
          judged.finding().field().text(),
          judged.finding().message());
    }
  }

  /**
   * Compares what is found in two states.
   *
   * @param before what the administrator decided of the state before
   * @param after the same of the state after
   */
  public static FindingChanges between(Settled settled, Policy before, Policy after, Judge judge) {
    List<Finding> appeared = new ArrayList<>();
    List<Finding> vanished = new ArrayList<>();
    List<String> cuts = new ArrayList<>();
    for (ResourceRef ref : judged(settled, judge)) {
      Optional<Verdict> was = verdict(settled.before(), ref, before, judge);
      Optional<Verdict> is = verdict(settled.after(), ref, after, judge);
      appeared.addAll(onlyIn(is, was));
      vanished.addAll(onlyIn(was, is));
      Stream.concat(was.stream(), is.stream())
          .flatMap(verdict -> verdict.unfinished().stream())
          .findFirst()
          .ifPresent(why -> cuts.add("all of %s: %s".formatted(ref.spoken(), why)));
    }
    appeared.sort(LOUDEST_FIRST);
    vanished.sort(LOUDEST_FIRST);
    return new FindingChanges(appeared, vanished, shortened(cuts));
  }

  private static Iterable<ResourceRef> judged(Settled settled, Judge judge) {
    SortedMap<String, ResourceRef> refs = new TreeMap<>();
    Stream.of(settled.before(), settled.after())
        .flatMap(Topology::resources)
        .map(Resource::ref)
        .filter(ref -> judge.kinds().contains(ref.kind()))
        .forEach(ref -> refs.put(ref.toString(), ref));
    return refs.values();
  }

  private static Optional<Verdict> verdict(
      Topology topology, ResourceRef ref, Policy policy, Judge judge) {
    return topology.find(ref).map(object -> judge.inspect(topology, object, policy));
  }

  /** What the messages say may differ in a word, such as a version, and is the same still. */
  private static List<Finding> onlyIn(Optional<Verdict> own, Optional<Verdict> other) {
    Set<Identity> there = new HashSet<>();
    other.ifPresent(verdict -> verdict.findings().forEach(each -> there.add(Identity.of(each))));
    return own.stream()
        .flatMap(verdict -> verdict.findings().stream())
        .filter(judged -> !there.contains(Identity.of(judged)))
        .map(Finding::of)
        .toList();
  }

  private static List<String> shortened(List<String> cuts) {
    return cuts.size() <= MAX_CUTS
        ? cuts
        : Stream.concat(
                cuts.stream().limit(MAX_CUTS),
                Stream.of("all of %d more objects".formatted(cuts.size() - MAX_CUTS)))
            .toList();
  }

  private record Identity(String code, String field, Set<String> about, Action action) {
    static Identity of(Judged judged) {
      return new Identity(
          judged.rule().code(),
          judged.finding().field().text(),
          judged.finding().about(),
          judged.action());
    }
  }
}
