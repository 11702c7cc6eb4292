package dev.lintel.report;

import dev.lintel.judge.Judged;
import dev.lintel.manifest.Region;
import dev.lintel.report.CheckReport.Entry;
import java.io.PrintWriter;
import java.io.Writer;

/**
 * Writes verdicts for people: a block for each object that something is said about, and a sum.
 *
 * @param style how it looks
 * @param showsFixes whether the fix of each finding is shown, as edited lines where it is
 *     mechanical
 */
public record TextReport(Style style, boolean showsFixes) implements Report {

  private static final String INDENT = "        ";

  @Override
  public void write(CheckReport report, Writer to) {
    PrintWriter out = new PrintWriter(to);
    report.entries().stream()
        .filter(entry -> !entry.isSilent())
        .forEach(entry -> writeEntry(entry, out));
    out.println(sum(report));
    out.flush();
  }

  private void writeEntry(Entry entry, PrintWriter out) {
    String object =
        "%s: %s"
            .formatted(place(entry, entry.manifest().place()), entry.verdict().object().spoken());
    out.println(style.heading(object));
    for (Judged judged : entry.verdict().findings()) {
      out.printf("  %s %s%n", style.action(judged.action()), entry.line(judged));
      out.println(INDENT + style.aside("at " + where(entry, judged)));
      if (showsFixes) {
        writeFix(entry, judged, out);
      }
      out.println(INDENT + style.aside("see " + judged.reference()));
    }
    entry
        .verdict()
        .unfinished()
        .ifPresent(why -> out.printf("  not everything was judged: %s%n", why));
    out.println();
  }

  private void writeFix(Entry entry, Judged judged, PrintWriter out) {
    out.println(INDENT + "fix: " + Lines.oneLine(judged.finding().fix().text()));
    EditedLines lines =
        entry.isOwn(judged) ? EditedLines.of(entry.manifest(), judged.finding()) : EditedLines.NONE;
    lines.removed().forEach(line -> out.println(INDENT + "  " + style.removed(line)));
    lines.added().forEach(line -> out.println(INDENT + "  " + style.added(line)));
  }

  private static String where(Entry entry, Judged judged) {
    String field =
        entry.isOwn(judged)
            ? "%s, %s".formatted(place(entry, entry.placeOf(judged)), judged.finding().field())
            : "%s of %s".formatted(judged.finding().field(), judged.subject().spoken());
    String known = judged.known() ? ", was there before" : "";
    return field
        + known
        + judged.exemption().map(why -> ", exempt: " + Lines.oneLine(why)).orElse("");
  }

  private static String place(Entry entry, Region region) {
    return "%s:%d:%d".formatted(entry.manifest().source(), region.line(), region.column());
  }

  private static String sum(CheckReport report) {
    int objects = report.entries().size();
    String unreadable =
        report.unreadable().isEmpty()
            ? ""
            : "; %d could not be read".formatted(report.unreadable().size());
    return objects == 0
        ? "nothing to judge: no Service, ServiceEntry or DestinationRule" + unreadable
        : "%d %s judged: %d denied, %d with warnings%s"
            .formatted(
                objects,
                objects == 1 ? "object" : "objects",
                report.denied(),
                report.warned(),
                unreadable);
  }
}
