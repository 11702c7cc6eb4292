package dev.lintel.report;

import dev.lintel.judge.Judged;
import dev.lintel.judge.Spared;
import dev.lintel.judge.Verdict;
import dev.lintel.manifest.Manifest;
import dev.lintel.manifest.Region;
import dev.lintel.resource.Kind;
import dev.lintel.rule.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What came of judging manifests; a {@link Report} writes it in some format.
 *
 * @param entries the judged objects, in the order of the files
 * @param unasked what no rule could look at
 * @param unreadable what was not judged, for it cannot be read
 * @param gaps the kinds of which not every object is known, for want of rights
 * @param judged how many objects were judged; some may be left out of the entries
 */
public record CheckReport(
    List<Entry> entries, Unasked unasked, List<Unreadable> unreadable, Set<Kind> gaps, int judged) {

  /** Copies the collections, so that the record is immutable. */
  public CheckReport {
    entries = List.copyOf(entries);
    unreadable = List.copyOf(unreadable);
    gaps = Set.copyOf(gaps);
  }

  /** A report of a check that knows of no gaps, and leaves nothing out. */
  public CheckReport(List<Entry> entries, Unasked unasked, List<Unreadable> unreadable) {
    this(entries, unasked, unreadable, Set.of(), entries.size());
  }

  /** A report of a check in which all could be read, and every rule had what it looks at. */
  public CheckReport(List<Entry> entries) {
    this(entries, new Unasked(List.of(), List.of()), List.of());
  }

  /** Returns the same report of a check of which some files were left out. */
  public CheckReport without(List<Unreadable> files) {
    List<Unreadable> all = new ArrayList<>(files);
    all.addAll(unreadable);
    return new CheckReport(entries, unasked, all, gaps, judged);
  }

  /** Returns the same report of a check that does not know every object of some kinds. */
  public CheckReport withGaps(Set<Kind> kinds) {
    return new CheckReport(entries, unasked, unreadable, kinds, judged);
  }

  /** Returns the same report without what neither warns nor denies. */
  public CheckReport problemsOnly() {
    return new CheckReport(
        entries.stream()
            .map(entry -> entry.with(judged -> judged.action().compareTo(Action.WARN) >= 0))
            .filter(entry -> !entry.isSilent())
            .toList(),
        unasked,
        unreadable,
        gaps,
        judged);
  }

  /**
   * Returns the kinds that a finding may rest on, of which not every object is known; by name. A
   * denial rests on none: it is wrong whatever else there is.
   */
  public List<Kind> uncertainties(Judged judged) {
    return judged.action() == Action.DENY
        ? List.of()
        : judged.rule().reads().stream().filter(gaps::contains).sorted().toList();
  }

  /**
   * A judged manifest.
   *
   * @param manifest the object as the file holds it
   * @param operation {@code CREATE} or {@code UPDATE}; {@code NONE} if the object is as it is
   * @param verdict what the webhook would answer
   */
  public record Entry(Manifest manifest, String operation, Verdict verdict) {

    /** Tells whether the object is written as it is already, so that nobody would judge it. */
    public boolean isUnchanged() {
      return verdict.spared().filter(Spared.UNCHANGED::equals).isPresent();
    }

    private Entry with(Predicate<Judged> kept) {
      return with(verdict.findings().stream().filter(kept).toList());
    }

    private Entry with(List<Judged> findings) {
      return new Entry(
          manifest,
          operation,
          new Verdict(verdict.object(), findings, verdict.unfinished(), verdict.spared()));
    }

    /** Tells whether a finding is about the judged object and not about one that depends on it. */
    public boolean isOwn(Judged judged) {
      return judged.subject().equals(verdict.object());
    }

    /**
     * Returns where a finding is fixed: at the field it names; at the object's name if it is about
     * another object.
     */
    public Region placeOf(Judged judged) {
      return manifest.place(isOwn(judged) ? judged.finding().field().text() : "metadata.name");
    }

    /** Returns the one line of a finding, with the rule's code and the dependent's name. */
    public String line(Judged judged) {
      return Lines.oneLine(AdmissionMessages.text(verdict, judged));
    }

    /** Returns the place of a finding as compilers name it; the object if it is in no file. */
    public String spokenPlaceOf(Judged judged) {
      Region region = placeOf(judged);
      return manifest.isInFile()
          ? "%s:%d:%d".formatted(manifest.source(), region.line(), region.column())
          : verdict.object().spoken();
    }

    /** Tells whether anything is said about the object. */
    public boolean isSilent() {
      return verdict.findings().isEmpty() && verdict.unfinished().isEmpty();
    }
  }

  /** Returns how many objects would be refused. */
  public long denied() {
    return decided("deny");
  }

  /** Returns how many objects would be let through with warnings. */
  public long warned() {
    return decided("warn");
  }

  /** Returns how many objects would be written as they are already. */
  public long unchanged() {
    return entries.stream().filter(Entry::isUnchanged).count();
  }

  /** Returns how many findings each rule has, by its code. */
  public Map<String, Integer> findingsByCode() {
    Map<String, Integer> counts = new TreeMap<>();
    entries.stream()
        .flatMap(entry -> entry.verdict().findings().stream())
        .forEach(judged -> counts.merge(judged.rule().code(), 1, Integer::sum));
    return counts;
  }

  /** Tells whether any finding asks for an action or more. */
  public boolean reaches(Action limit) {
    return entries.stream()
        .flatMap(entry -> entry.verdict().findings().stream())
        .anyMatch(judged -> judged.action().compareTo(limit) >= 0);
  }

  private long decided(String decision) {
    return entries.stream().filter(entry -> entry.verdict().decision().equals(decision)).count();
  }
}
