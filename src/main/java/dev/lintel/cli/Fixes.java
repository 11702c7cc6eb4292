package dev.lintel.cli;

import dev.lintel.judge.Judged;
import dev.lintel.manifest.Manifest;
import dev.lintel.manifest.ManifestText;
import dev.lintel.manifest.Region;
import dev.lintel.report.CheckReport;
import dev.lintel.report.CheckReport.Entry;
import dev.lintel.report.MechanicalFix;
import dev.lintel.rule.Action;
import dev.lintel.rule.JsonPatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Applies mechanical fixes till none is left. After each round the objects are judged again,
 * because one fix may make another needless; no rule fixes the same field of an object twice.
 */
final class Fixes {

  private final Function<List<ManifestText>, CheckReport> check;
  private final Set<String> tried = new HashSet<>();
  private final List<String> written = new ArrayList<>();
  private final List<String> left = new ArrayList<>();

  /** Creates fixes that are judged by a function. */
  Fixes(Function<List<ManifestText>, CheckReport> check) {
    this.check = check;
  }

  /**
   * What has come of it.
   *
   * @param texts the texts, in the same order, with the fixes
   * @param report what is said about them now
   * @param written a line for each fix: its place, the rule and the edit
   * @param left the same for fixes that cannot be written without a change elsewhere
   */
  record Outcome(
      List<ManifestText> texts, CheckReport report, List<String> written, List<String> left) {}

  /** Fixes texts; nothing is written to files. */
  Outcome fix(List<ManifestText> texts) {
    List<ManifestText> now = texts;
    CheckReport report = check.apply(now);
    for (int before = -1; before < written.size(); ) {
      before = written.size();
      now = round(now, report);
      if (before < written.size()) {
        report = check.apply(now);
      }
    }
    return new Outcome(now, report, List.copyOf(written), List.copyOf(left));
  }

  private List<ManifestText> round(List<ManifestText> texts, CheckReport report) {
    Map<ManifestText, Draft> drafts = new HashMap<>();
    for (Entry entry : report.entries()) {
      Set<String> touched = new HashSet<>();
      for (Judged judged : entry.verdict().findings()) {
        judged
            .finding()
            .patch()
            .filter(patch -> isLoud(entry, judged) && isApart(patch, touched))
            .filter(patch -> tried.add(key(entry, judged)))
            .ifPresent(
                patch -> {
                  patch.operations().forEach(step -> touched.add(step.path()));
                  drafts
                      .computeIfAbsent(entry.manifest().text(), text -> new Draft())
                      .add(entry.manifest(), patch, line(entry, judged));
                });
      }
    }
    return texts.stream()
        .map(text -> drafts.containsKey(text) ? drafts.get(text).applied(text) : text)
        .toList();
  }

  /** The edits of one text in one round. */
  private final class Draft {

    private final Map<Integer, ManifestText> excerpts = new HashMap<>();
    private final List<String> lines = new ArrayList<>();

    void add(Manifest manifest, JsonPatch patch, String line) {
      Optional<ManifestText> excerpt =
          Optional.ofNullable(excerpts.get(manifest.position())).or(manifest::excerpt);
      Optional<ManifestText> fixed = excerpt.flatMap(text -> MechanicalFix.apply(text, patch));
      if (fixed.isPresent()) {
        excerpts.put(manifest.position(), fixed.get());
        lines.add(line);
      } else {
        left.add(line);
      }
    }

    ManifestText applied(ManifestText text) {
      Optional<ManifestText> edited = text.with(excerpts);
      (edited.isPresent() ? written : left).addAll(lines);
      return edited.orElse(text);
    }
  }

  private static boolean isLoud(Entry entry, Judged judged) {
    return entry.isOwn(judged) && judged.action().compareTo(Action.WARN) >= 0;
  }

  /** What another fix of this round has changed waits for the next one. */
  private static boolean isApart(JsonPatch patch, Set<String> touched) {
    return patch.operations().stream()
        .map(JsonPatch.Operation::path)
        .noneMatch(
            path -> touched.stream().anyMatch(t -> path.startsWith(t) || t.startsWith(path)));
  }

  private static String key(Entry entry, Judged judged) {
    return "%s %d %s %s"
        .formatted(
            entry.manifest().source(),
            entry.manifest().position(),
            judged.rule().code(),
            judged.finding().field());
  }

  private static String line(Entry entry, Judged judged) {
    Region place = entry.placeOf(judged);
    return "%s:%d:%d: [%s] %s: %s"
        .formatted(
            entry.manifest().source(),
            place.line(),
            place.column(),
            judged.rule().code(),
            entry.verdict().object().spoken(),
            judged.finding().fix().text());
  }
}
