package dev.lintel.report;

import dev.lintel.judge.Judged;
import dev.lintel.judge.Verdict;
import dev.lintel.manifest.Manifest;
import dev.lintel.manifest.Region;
import dev.lintel.rule.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What came of judging manifests; a {@link Report} writes it in some format.
 *
 * @param entries the judged objects, in the order of the files
 * @param unasked what no rule could look at
 * @param unreadable what was not judged, for it cannot be read
 */
public record CheckReport(List<Entry> entries, Unasked unasked, List<Unreadable> unreadable) {

  /** Copies the list, so that the record is immutable. */
  public CheckReport {
    entries = List.copyOf(entries);
    unreadable = List.copyOf(unreadable);
  }

  /** A report of a check in which all could be read, and every rule had what it looks at. */
  public CheckReport(List<Entry> entries) {
    this(entries, new Unasked(List.of(), List.of()), List.of());
  }

  /** Returns the same report of a check of which some files were left out. */
  public CheckReport without(List<Unreadable> files) {
    List<Unreadable> all = new ArrayList<>(files);
    all.addAll(unreadable);
    return new CheckReport(entries, unasked, all);
  }

  /**
   * A judged manifest.
   *
   * @param manifest the object as the file holds it
   * @param operation {@code CREATE} or {@code UPDATE}
   * @param verdict what the webhook would answer
   */
  public record Entry(Manifest manifest, String operation, Verdict verdict) {

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
