package dev.lintel.report;

import dev.lintel.judge.Judged;
import dev.lintel.report.CheckReport.Entry;
import dev.lintel.report.JunitXml.Case;
import dev.lintel.report.JunitXml.Problem;
import dev.lintel.report.JunitXml.Suite;
import dev.lintel.rule.Action;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Writes JUnit's XML: a suite for each file, a case for each object. A case fails if any finding
 * reaches the threshold; what is milder stands in its output. What cannot be read is an error.
 *
 * @param limit the threshold
 */
public record JunitReport(Action limit) implements Report {

  @Override
  public void write(CheckReport report, Writer to) {
    Map<String, List<Case>> files = new LinkedHashMap<>();
    for (Entry entry : report.entries()) {
      String file = SourcePath.relative(entry.manifest().source());
      files.computeIfAbsent(file, key -> new ArrayList<>()).add(caseOf(file, entry));
    }
    for (Unreadable unreadable : report.unreadable()) {
      String file = SourcePath.relative(unreadable.file());
      files.computeIfAbsent(file, key -> new ArrayList<>()).add(caseOf(file, unreadable));
    }
    JunitXml.write(
        "lintel check",
        files.entrySet().stream().map(file -> new Suite(file.getKey(), file.getValue())).toList(),
        to);
  }

  private Case caseOf(String file, Entry entry) {
    List<Judged> failing =
        entry.verdict().findings().stream()
            .filter(judged -> judged.action().compareTo(limit) >= 0)
            .toList();
    List<Judged> others = new ArrayList<>(entry.verdict().findings());
    others.removeAll(failing);
    return new Case(
        file,
        entry.verdict().object().spoken(),
        file,
        entry.manifest().place().line(),
        failing.isEmpty() ? Optional.empty() : Optional.of(problem(entry, failing)),
        text(entry, others));
  }

  private static Case caseOf(String file, Unreadable unreadable) {
    return new Case(
        file,
        "can be read",
        file,
        unreadable.place().map(Unreadable.Place::line).orElse(1),
        Optional.of(new Problem(true, "unreadable", unreadable.problem(), unreadable.said())),
        "");
  }

  private static Problem problem(Entry entry, List<Judged> failing) {
    return new Problem(false, codes(failing), entry.line(failing.getFirst()), text(entry, failing));
  }

  private static String codes(List<Judged> findings) {
    return findings.stream()
        .map(judged -> judged.rule().code())
        .distinct()
        .collect(Collectors.joining(","));
  }

  private static String text(Entry entry, List<Judged> findings) {
    return findings.stream().map(judged -> text(entry, judged)).collect(Collectors.joining("\n"));
  }

  private static String text(Entry entry, Judged judged) {
    return "%s: %s: %s\nsee %s"
        .formatted(
            Lines.oneLine(entry.spokenPlaceOf(judged)),
            judged.action().word(),
            entry.line(judged),
            judged.rule().page());
  }
}
