package dev.lintel.report;

import dev.lintel.judge.Judged;
import dev.lintel.report.CheckReport.Entry;
import dev.lintel.report.Findings.Found;
import dev.lintel.resource.Kind;
import dev.lintel.rule.Action;
import dev.lintel.rule.RuleInfo;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Writes verdicts for people, as compilers do: a line for each finding, its details indented below,
 * and a sum. What reads the same of several objects is said once.
 *
 * @param style how it looks
 * @param showsFixes whether the fix of each finding is shown, as edited lines where it is
 *     mechanical
 */
public record TextReport(Style style, boolean showsFixes) implements Report {

  private static final String INDENT = "    ";

  @Override
  public void write(CheckReport report, Writer to) {
    PrintWriter out = new PrintWriter(to);
    Findings.grouped(report, Likeness::of)
        .values()
        .forEach(alike -> writeAlike(alike, report, out));
    Findings.writeUnfinished(report, out);
    if (!report.entries().stream().allMatch(Entry::isSilent)) {
      out.println();
    }
    Findings.writeSummary(report, style, out);
    out.println(Findings.sum(report));
    out.flush();
  }

  /** What findings have in common that are said once. */
  private record Likeness(
      RuleInfo rule, Action action, boolean known, Optional<String> exemption, String line) {

    static Likeness of(Found found) {
      Judged judged = found.judged();
      return new Likeness(
          judged.rule(),
          judged.action(),
          judged.known(),
          judged.exemption(),
          found.entry().line(judged));
    }
  }

  private void writeAlike(List<Found> alike, CheckReport report, PrintWriter out) {
    Found first = alike.getFirst();
    out.println(first.head(style));
    writeDetail(where(first.entry(), first.judged()), out);
    List<Kind> uncertain = report.uncertainties(first.judged());
    if (!uncertain.isEmpty()) {
      writeDetail(
          "not certain: not every %s is known"
              .formatted(
                  uncertain.stream().map(Kind::objectKind).collect(Collectors.joining(", "))),
          out);
    }
    if (showsFixes) {
      writeFix(first.entry(), first.judged(), out);
    }
    for (Found other : alike.subList(1, alike.size())) {
      writeDetail(
          "also %s: %s"
              .formatted(
                  other.entry().spokenPlaceOf(other.judged()),
                  other.entry().verdict().object().spoken()),
          out);
    }
    writeDetail("see " + first.rule().page(), out);
  }

  private void writeDetail(String text, PrintWriter out) {
    out.println(INDENT + style.aside(text));
  }

  private void writeFix(Entry entry, Judged judged, PrintWriter out) {
    out.println(INDENT + "fix: " + Lines.oneLine(judged.finding().fix().text()));
    EditedLines lines =
        entry.isOwn(judged) ? EditedLines.of(entry.manifest(), judged.finding()) : EditedLines.NONE;
    lines.removed().forEach(line -> out.println(INDENT + "  " + style.removed(line)));
    lines.added().forEach(line -> out.println(INDENT + "  " + style.added(line)));
  }

  private static String where(Entry entry, Judged judged) {
    String object = entry.verdict().object().spoken();
    String field =
        entry.isOwn(judged)
            ? "%s, %s".formatted(object, judged.finding().field())
            : "%s, %s, because of %s"
                .formatted(judged.subject().spoken(), judged.finding().field(), object);
    String known = judged.known() ? ", was there before" : "";
    return field
        + (entry.isUnchanged() ? ", unchanged" : known)
        + judged.exemption().map(why -> ", exempt: " + Lines.oneLine(why)).orElse("");
  }
}
