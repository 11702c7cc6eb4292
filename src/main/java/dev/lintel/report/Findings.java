package dev.lintel.report;

import dev.lintel.judge.Judged;
import dev.lintel.report.CheckReport.Entry;
import dev.lintel.rule.Action;
import dev.lintel.rule.RuleInfo;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** What reports for people have in common: findings with their objects, grouped and counted. */
final class Findings {

  private Findings() {}

  /**
   * A finding with the object that it was found in.
   *
   * @param entry the judged object
   * @param judged one of its findings
   */
  record Found(Entry entry, Judged judged) {

    /** Returns the one line that people know from compilers. */
    String head(Style style) {
      return "%s: %s %s"
          .formatted(
              style.heading(entry.spokenPlaceOf(judged)),
              style.word(judged.action()),
              entry.line(judged));
    }

    RuleInfo rule() {
      return judged.rule();
    }
  }

  /** Returns every finding, in the order of the files. */
  static Stream<Found> of(CheckReport report) {
    return report.entries().stream()
        .flatMap(
            entry -> entry.verdict().findings().stream().map(found -> new Found(entry, found)));
  }

  /** Returns the findings of each key, keys and findings in the order of the files. */
  static <K> Map<K, List<Found>> grouped(CheckReport report, Function<Found, K> key) {
    Map<K, List<Found>> groups = new LinkedHashMap<>();
    of(report)
        .forEach(
            found -> groups.computeIfAbsent(key.apply(found), k -> new ArrayList<>()).add(found));
    return groups;
  }

  /** What is counted: a rule's findings of which the same comes. */
  record Tally(RuleInfo rule, Action action) {

    /** Loudest first, then by code. */
    static final Comparator<Tally> LOUDEST_FIRST =
        Comparator.comparing(Tally::action).reversed().thenComparing(tally -> tally.rule().code());
  }

  /** Returns the findings of each rule and action, loudest first. */
  static List<Map.Entry<Tally, List<Found>>> byRule(CheckReport report) {
    return grouped(report, found -> new Tally(found.rule(), found.judged().action()))
        .entrySet()
        .stream()
        .sorted(Map.Entry.comparingByKey(Tally.LOUDEST_FIRST))
        .toList();
  }

  /** Writes how many findings each rule has; nothing where one finding speaks for itself. */
  static void writeSummary(CheckReport report, Style style, PrintWriter out) {
    if (of(report).limit(2).count() < 2) {
      return;
    }
    for (Map.Entry<Tally, List<Found>> rule : byRule(report)) {
      out.printf(
          "%s %s %5d  %s%n",
          style.action(rule.getKey().action()),
          rule.getKey().rule().code(),
          rule.getValue().size(),
          rule.getKey().rule().name());
    }
  }

  /** Writes what was not judged. */
  static void writeUnfinished(CheckReport report, PrintWriter out) {
    for (Entry entry : report.entries()) {
      entry
          .verdict()
          .unfinished()
          .ifPresent(
              why ->
                  out.printf(
                      "%s: not everything was judged: %s%n",
                      entry.verdict().object().spoken(), Lines.oneLine(why)));
    }
  }

  /** Returns the last line: how many objects there are, and what comes of them. */
  static String sum(CheckReport report) {
    long unchanged = report.unchanged();
    String rest =
        (unchanged == 0 ? "" : ", %d unchanged".formatted(unchanged))
            + (report.unreadable().isEmpty()
                ? ""
                : "; %d could not be read".formatted(report.unreadable().size()));
    return report.judged() == 0
        ? "nothing to judge: no Service, ServiceEntry or DestinationRule" + rest
        : "%d %s judged: %d denied, %d with warnings%s"
            .formatted(
                report.judged(),
                report.judged() == 1 ? "object" : "objects",
                report.denied(),
                report.warned(),
                rest);
  }
}
