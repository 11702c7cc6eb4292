package dev.lintel.sample;

import dev.lintel.judge.Judged;
import dev.lintel.resource.ResourceRef;
import dev.lintel.rule.Action;
import java.util.List;
import java.util.Optional;

/**
 * What a sample expects beside what is found.
 *
 * @param sample the sample
 * @param missing what is expected and not found, or not at the field that it stands beside
 * @param unexpected what is found, loud enough to be heard, and not expected
 * @param findings all that is found
 */
public record Comparison(
    Sample sample, List<Expectation> missing, List<Judged> unexpected, List<Judged> findings) {

  /** Copies the lists, so that the record is immutable. */
  public Comparison {
    missing = List.copyOf(missing);
    unexpected = List.copyOf(unexpected);
    findings = List.copyOf(findings);
  }

  /** Judges a sample. */
  public static Comparison of(Sample sample) {
    List<Judged> found = sample.verdict().findings();
    ResourceRef written = sample.write().ref();
    List<Expectation> missing =
        sample.expectations().stream()
            .filter(
                expected ->
                    found.stream()
                        .noneMatch(
                            judged ->
                                expected.isMetBy(judged, written) && expected.standsBeside(judged)))
            .toList();
    List<Judged> unexpected =
        found.stream()
            .filter(judged -> judged.action().compareTo(Action.WARN) >= 0)
            .filter(
                judged ->
                    sample.expectations().stream()
                        .noneMatch(expected -> expected.isMetBy(judged, written)))
            .toList();
    return new Comparison(sample, missing, unexpected, found);
  }

  /** Tells whether everything is as the sample expects. */
  public boolean isAsExpected() {
    return missing.isEmpty() && unexpected.isEmpty();
  }

  /** Returns the finding that comes nearest to what is expected and not found. */
  public Optional<Judged> nearest(Expectation expected) {
    ResourceRef written = sample.write().ref();
    return findings.stream()
        .filter(judged -> expected.isAbout(judged, written))
        .findFirst()
        .or(
            () ->
                findings.stream()
                    .filter(judged -> judged.rule().code().equals(expected.code()))
                    .findFirst());
  }

  /** Says how a finding differs from what is expected. */
  public String difference(Expectation expected, Judged found) {
    if (!expected.isAbout(found, sample.write().ref())) {
      return "about " + found.subject();
    }
    if (found.action() != expected.action()) {
      return found.action().word() + " instead of " + expected.action().word();
    }
    return expected.isSaidBy(found)
        ? "at another field: " + found.finding().field()
        : "another message";
  }
}
