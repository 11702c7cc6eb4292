package dev.lintel.report;

import dev.lintel.manifest.Manifest;
import dev.lintel.manifest.ManifestText;
import dev.lintel.rule.Finding;
import java.util.List;
import java.util.Optional;

/**
 * What a mechanical fix changes in a file.
 *
 * @param removed the lines as they are
 * @param added the lines as they would be
 */
record EditedLines(List<String> removed, List<String> added) {

  static final EditedLines NONE = new EditedLines(List.of(), List.of());

  /** Returns what the fix of a finding changes; nothing if the fix is not mechanical. */
  static EditedLines of(Manifest manifest, Finding finding) {
    Optional<ManifestText> before = finding.patch().flatMap(patch -> manifest.excerpt());
    Optional<ManifestText> after =
        before.flatMap(text -> MechanicalFix.apply(text, finding.patch().orElseThrow()));
    return after.isEmpty() ? NONE : between(lines(before.orElseThrow()), lines(after.get()));
  }

  private static List<String> lines(ManifestText text) {
    return text.text().lines().toList();
  }

  private static EditedLines between(List<String> before, List<String> after) {
    int shorter = Math.min(before.size(), after.size());
    int head = 0;
    while (head < shorter && before.get(head).equals(after.get(head))) {
      head++;
    }
    int tail = 0;
    while (tail < shorter - head
        && before.get(before.size() - 1 - tail).equals(after.get(after.size() - 1 - tail))) {
      tail++;
    }
    return new EditedLines(
        before.subList(head, before.size() - tail), after.subList(head, after.size() - tail));
  }
}
